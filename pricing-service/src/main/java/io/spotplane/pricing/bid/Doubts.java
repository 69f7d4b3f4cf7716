package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.bid.Advice.Warning;
import io.spotplane.pricing.bid.Advice.WarningCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a person should know before bidding as advised. */
final class Doubts {

    private static final BigDecimal MARGIN = new BigDecimal("1.1");
    private static final int FAR_OUT = 20;
    private static final Duration OLD = Duration.ofHours(6);

    private final Question question;
    private final AuctionRecord record;
    private final Advice.@Nullable Rung chosen;
    private final Instant now;

    Doubts(Question question, AuctionRecord record, Advice.@Nullable Rung chosen, Instant now) {
        this.question = question;
        this.record = record;
        this.chosen = chosen;
        this.now = now;
    }

    List<Warning> warnings() {
        return Stream.of(belowMarket(), closeToMarket(), notReached(), thin(), stale(), outliers(), rejected())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Warning> belowMarket() {
        return when(
                chosen == null,
                WarningCode.BELOW_MARKET,
                "no bid that may be made wins at the market price of %s",
                question.offering().price());
    }

    private Optional<Warning> closeToMarket() {
        var market = question.offering().price().amount();
        return when(
                chosen != null && Micros.toAmount(chosen.bid()).compareTo(market.multiply(MARGIN)) < 0,
                WarningCode.CLOSE_TO_MARKET,
                "the bid is less than 1.1 times the market price of %s",
                question.offering().price());
    }

    private Optional<Warning> notReached() {
        return when(
                chosen != null && chosen.survival().probability() < question.survival(),
                WarningCode.SURVIVAL_NOT_REACHED,
                "no bid that may be made is known to survive %s with probability %s; this is the safest",
                question.horizon(),
                question.survival());
    }

    private Optional<Warning> thin() {
        var known = record.path().known();
        return when(
                known.compareTo(question.horizon()) < 0,
                WarningCode.THIN_HISTORY,
                "prices are known for %s only, less than the horizon of %s; the rest is what auctions alike have shown",
                known,
                question.horizon());
    }

    private Optional<Warning> stale() {
        var age = record.ageAt(now);
        var error = record.error();
        return when(
                error != null || (age != null && age.compareTo(OLD) > 0),
                WarningCode.STALE_HISTORY,
                "the history was last read %s ago%s",
                age == null ? "never" : age.truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                error == null ? "" : ": " + error);
    }

    /** Far above what was usual, whether it happened or is a fault of the feed: either way the replay has it in. */
    private Optional<Warning> outliers() {
        var usual = usual();
        var far = record.path().stretches().stream()
                .filter(stretch -> stretch.micros() > FAR_OUT * usual)
                .toList();
        var highest = far.stream().mapToLong(PricePath.Stretch::micros).max();
        return when(
                        usual > 0 && highest.isPresent(),
                        WarningCode.OUTLIERS,
                        "%s times the price was more than %s times its median, up to %s",
                        far.size(),
                        FAR_OUT,
                        Micros.toAmount(highest.orElse(0)).toPlainString())
                .or(this::strangePercentile);
    }

    private long usual() {
        return record.path().isEmpty() ? 0 : Math.max(record.path().quantile(0.5), question.reserve());
    }

    private Optional<Warning> strangePercentile() {
        var look = record.look();
        return when(
                look != null && look.p80() > FAR_OUT * Math.max(look.market(), question.reserve()),
                WarningCode.OUTLIERS,
                "the 80th percentile is %s at a market price of %s",
                look == null ? "" : Micros.toAmount(look.p80()).toPlainString(),
                question.offering().price());
    }

    private Optional<Warning> rejected() {
        return when(
                record.rejected() > 0,
                WarningCode.REJECTED_PRICES,
                "%s published prices were not believed",
                record.rejected());
    }

    private static Optional<Warning> when(boolean so, WarningCode code, String message, Object... values) {
        return so ? Optional.of(new Warning(code, message.formatted(values))) : Optional.empty();
    }
}
