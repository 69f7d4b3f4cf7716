package io.spotplane.simulator.rackspace;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The auction of one server class, a round each hour: the highest bids win, as many as there are servers, and all of them pay {@code max(reserve, k-th highest bid)}.
 * Who bids is a function of seed, class and hour alone, so that the past is the same whenever it is asked for. Strangers' bids are drawn so that the k-th of them goes
 * through the distribution that the feed showed, with a memory of some hours. The feed's percentiles are taken from this history, so that both agree.
 */
final class Auction {

    /** What the feed sums up. */
    static final Duration WINDOW = Duration.ofDays(30);

    private static final Duration ROUND = Duration.ofHours(1);
    private static final int HOURS_OF_MEMORY = 8;
    private static final double SPREAD = 0.02;
    private static final double LOGISTIC = 1.702;
    private static final int ROUNDS_SUMMED_UP = 4;
    private static final int GPU_SERVERS = 10;
    private static final int FEWEST_SERVERS = 4;
    private static final int MOST_SERVERS = 40;

    private final ServerClass serverClass;
    private final long seed;
    private final int servers;
    private final BigDecimal reserve;
    private final BigDecimal minimum;
    private final Map<Long, BigDecimal> rounds = new ConcurrentHashMap<>();
    private final TreeMap<Instant, BigDecimal> held = new TreeMap<>();
    private final Map<Instant, List<BigDecimal>> summaries = new HashMap<>();

    /** A round in the published history. */
    record Hammer(Instant at, BigDecimal price) {}

    Auction(ServerClass serverClass, long seed) {
        this.serverClass = serverClass;
        this.seed = seed * 31 + serverClass.name().hashCode();
        this.servers = serverClass.hasGpu()
                ? GPU_SERVERS
                : FEWEST_SERVERS + Math.floorMod(this.seed, MOST_SERVERS - FEWEST_SERVERS);
        this.reserve = serverClass.market().min(serverClass.p20());
        this.minimum = Ladder.atLeast(reserve.max(Ladder.lowest()));
    }

    int servers() {
        return servers;
    }

    /** The least bid that is taken. */
    BigDecimal minimum() {
        return minimum;
    }

    /** From {@code now} on as many outsiders as there are servers bid exactly {@code bid}. */
    synchronized void hold(BigDecimal bid, Instant now) {
        if (!Ladder.holds(bid)) {
            throw new IllegalArgumentException("bid price " + bid.toPlainString() + " is not on the bid ladder");
        }
        if (bid.compareTo(minimum) < 0) {
            throw new IllegalArgumentException(
                    "BidPrice must be greater than or equal to the minimum bid price of " + minimum.toPlainString());
        }
        held.put(now, bid);
        summaries.clear();
    }

    synchronized void release() {
        held.clear();
        summaries.clear();
    }

    /** What all winners pay at {@code at}. */
    synchronized BigDecimal price(Instant at) {
        var outsiders = held.floorEntry(at);
        return outsiders == null ? rounds.computeIfAbsent(hour(at), this::marginal) : reserve.max(outsiders.getValue());
    }

    /** How many servers are taken at {@code at}. */
    synchronized int winners(Instant at) {
        return held.floorKey(at) == null ? winners(demand(hour(at))) : servers;
    }

    private static long hour(Instant at) {
        return at.getEpochSecond() / ROUND.toSeconds();
    }

    /** When the last round before {@code at} ended. */
    synchronized Instant lastRound(Instant at) {
        var hour = at.truncatedTo(ChronoUnit.HOURS);
        var outsiders = held.floorKey(at);
        return outsiders != null && outsiders.isAfter(hour) ? outsiders.truncatedTo(ChronoUnit.SECONDS) : hour;
    }

    /** Every round of the window, oldest first. */
    synchronized List<Hammer> history(Instant now) {
        var last = now.truncatedTo(ChronoUnit.HOURS);
        var hammers = new TreeMap<Instant, BigDecimal>();
        LongStream.rangeClosed(-WINDOW.toHours() + 1, 0)
                .mapToObj(hour -> last.plus(ROUND.multipliedBy(hour)))
                .forEach(hour -> hammers.put(hour, price(hour)));
        held.headMap(now, true)
                .keySet()
                .forEach(since -> hammers.put(since.truncatedTo(ChronoUnit.SECONDS), price(since)));
        return hammers.entrySet().stream()
                .map(hammer -> new Hammer(hammer.getKey(), hammer.getValue()))
                .toList();
    }

    /** The prices at or below which the auction stood for 20, 50 and 80 % of the window; worked out once for each round. */
    synchronized List<BigDecimal> percentiles(Instant now) {
        if (summaries.size() > ROUNDS_SUMMED_UP) {
            summaries.clear();
        }
        return summaries.computeIfAbsent(lastRound(now), round -> percentiles(history(now)));
    }

    private static List<BigDecimal> percentiles(List<Hammer> history) {
        var byPrice = new TreeMap<BigDecimal, Long>();
        for (int i = 0; i < history.size(); i++) {
            var until = i + 1 < history.size()
                    ? history.get(i + 1).at()
                    : history.get(i).at().plus(ROUND);
            byPrice.merge(
                    history.get(i).price(),
                    Duration.between(history.get(i).at(), until).toSeconds(),
                    Long::sum);
        }
        return IntStream.of(20, 50, 80)
                .mapToObj(share -> percentile(byPrice, share))
                .toList();
    }

    private static BigDecimal percentile(TreeMap<BigDecimal, Long> secondsByPrice, int share) {
        var whole = secondsByPrice.values().stream().mapToLong(Long::longValue).sum();
        var below = 0L;
        for (var price : secondsByPrice.entrySet()) {
            below += price.getValue();
            if (below * 100 >= whole * share) {
                return price.getKey();
            }
        }
        return secondsByPrice.lastKey();
    }

    /** Bidders wish the less the higher their number, so that the k-th highest bid is known without the others. */
    private BigDecimal marginal(long hour) {
        var bid = wish(demand(hour));
        return bid.compareTo(minimum) >= 0 ? reserve.max(Ladder.nearest(bid).max(minimum)) : reserve;
    }

    /** How many of the bids are taken, when there are fewer than servers. */
    private int winners(double demand) {
        return (int) IntStream.range(0, servers)
                .mapToObj(bidder -> wish(demand + (servers - 1 - bidder) * SPREAD))
                .takeWhile(wish -> wish.compareTo(minimum) >= 0)
                .count();
    }

    /** How sought after the class is in an hour, 0 to 1, evenly spread over the hours, and like the hours before. */
    private double demand(long hour) {
        var sum = IntStream.range(0, HOURS_OF_MEMORY)
                .mapToDouble(back -> new SplittableRandom(seed ^ (hour - back) * 0x9E3779B97F4A7C15L).nextGaussian())
                .sum();
        return 1 / (1 + Math.exp(-LOGISTIC * sum / Math.sqrt(HOURS_OF_MEMORY)));
    }

    /** The feed's distribution, straight between its three points. */
    private BigDecimal wish(double share) {
        if (share <= 0.2) {
            return between(serverClass.market().min(serverClass.p20()), serverClass.p20(), Math.max(share, 0) / 0.2);
        }
        if (share <= 0.5) {
            return between(serverClass.p20(), serverClass.p50(), (share - 0.2) / 0.3);
        }
        return share <= 0.8
                ? between(serverClass.p50(), serverClass.p80(), (share - 0.5) / 0.3)
                : between(
                        serverClass.p80(),
                        serverClass.p80().multiply(BigDecimal.TWO),
                        (Math.min(share, 1) - 0.8) / 0.2);
    }

    private static BigDecimal between(BigDecimal low, BigDecimal high, double part) {
        return low.add(high.subtract(low).multiply(BigDecimal.valueOf(part)));
    }
}
