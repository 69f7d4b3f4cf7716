package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.pricing.auction.AuctionRecord;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.Micros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to bid, and why.
 *
 * @param offeringId for what
 * @param marketPrice the market price of now
 * @param minimumBid the least bid that is accepted, and the least that winners pay
 * @param wanted what was asked for
 * @param chosen the cheapest bid that keeps the wanted survival; the safest when none does (see warnings); null when none may be made that wins now
 * @param method how survival is known
 * @param basis the same in words
 * @param history what prices are known
 * @param percentiles the provider's distribution of the last 30 days; null when it publishes none
 * @param rungs every bid that was looked at, ascending
 * @param formerRules what multiples of the market price would bid, and how they fare
 * @param warnings what a person should know before bidding
 */
record BidAnswer(
        @Schema(example = "rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot")
        String offeringId,

        HourlyPrice marketPrice,
        HourlyPrice minimumBid,
        Wanted wanted,
        @Nullable Row chosen,
        Advice.Method method,

        @Schema(example = "auction prices of 30 days, replayed")
        String basis,

        History history,
        @Nullable Percentiles percentiles,
        List<Row> rungs,
        List<FormerRow> formerRules,
        List<Advice.Warning> warnings) {

    static BidAnswer of(Advice advice, Wish wish, Instant now) {
        var question = advice.question();
        var currency = question.offering().price().currency();
        var chosen = advice.chosen();
        return new BidAnswer(
                question.offering().id(),
                question.offering().price(),
                new HourlyPrice(question.rules().minimum(), currency),
                Wanted.of(question, wish),
                chosen == null ? null : Row.of(chosen, currency),
                advice.method(),
                Basis.of(advice.method(), advice.record()),
                History.of(advice.record(), now),
                Percentiles.of(advice.record().look(), currency),
                advice.rungs().stream().map(rung -> Row.of(rung, currency)).toList(),
                advice.former().stream()
                        .map(former -> FormerRow.of(former, currency))
                        .toList(),
                advice.warnings());
    }

    private static HourlyPrice hourly(long micros, String currency) {
        return new HourlyPrice(Micros.toAmount(micros), currency);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }

    /**
     * What was asked for.
     *
     * @param strategy by name; null when survival was given
     * @param survival wanted chance to survive
     * @param horizon for how long
     * @param maxBid most that may be bid; null for no limit
     * @param ties what happens when the market reaches the bid
     */
    record Wanted(
            @Nullable Strategy strategy,
            double survival,
            Duration horizon,
            @Nullable HourlyPrice maxBid,
            Ties ties) {

        static Wanted of(Question question, Wish wish) {
            BigDecimal most = question.maxBid();
            return new Wanted(
                    wish.strategy(),
                    rounded(question.survival()),
                    question.horizon(),
                    most == null
                            ? null
                            : new HourlyPrice(most, question.offering().price().currency()),
                    question.ties());
        }
    }

    /**
     * What prices are known.
     *
     * @param source where from; null when there are none
     * @param from begin
     * @param until end
     * @param knownSeconds for how long in between the price is known
     * @param readAt when it was last read
     * @param ageSeconds seconds since
     * @param rejected published prices that were not believed at the last reading
     * @param error why the last reading failed; null when it did not
     */
    record History(
            AuctionRecord.@Nullable Source source,
            @Nullable Instant from,
            @Nullable Instant until,
            long knownSeconds,
            @Nullable Instant readAt,
            @Nullable Long ageSeconds,
            int rejected,
            @Nullable String error) {

        static History of(AuctionRecord record, Instant now) {
            var path = record.path();
            var age = record.ageAt(now);
            return new History(
                    record.source(),
                    path.isEmpty() ? null : path.from(),
                    path.isEmpty() ? null : path.until(),
                    path.known().toSeconds(),
                    record.readAt(),
                    age == null ? null : age.toSeconds(),
                    record.rejected(),
                    record.error());
        }
    }

    /**
     * The published distribution of 30 days.
     *
     * @param p20 exceeded 80 % of the time
     * @param p50 exceeded half of the time
     * @param p80 exceeded a fifth of the time
     * @param seenAt when it was published so
     */
    record Percentiles(HourlyPrice p20, HourlyPrice p50, HourlyPrice p80, Instant seenAt) {
        static @Nullable Percentiles of(@Nullable Look look, String currency) {
            return look == null
                    ? null
                    : new Percentiles(
                            hourly(look.p20(), currency),
                            hourly(look.p50(), currency),
                            hourly(look.p80(), currency),
                            look.at());
        }
    }

    /**
     * A bid and its prospects.
     *
     * @param bid the bid
     * @param winsNow whether it would hold a machine at the market price of now
     * @param survival chance that a node started at a random moment at which it held survives the horizon
     * @param shareOfTimeHeld of the known time; null where nothing can be replayed, as all that follow
     * @param interruptionsPerDay how often the market passed it while it held
     * @param meanPaid mean price paid while held
     * @param longestHeldSeconds longest time held in one piece
     * @param medianHeldSeconds median time held in one piece
     */
    record Row(
            HourlyPrice bid,
            boolean winsNow,
            Survival survival,
            @Schema(example = "0.97") @Nullable Double shareOfTimeHeld,
            @Schema(example = "0.13") @Nullable Double interruptionsPerDay,
            @Nullable HourlyPrice meanPaid,
            @Nullable Long longestHeldSeconds,
            @Nullable Long medianHeldSeconds) {

        static Row of(Advice.Rung rung, String currency) {
            var bid = hourly(rung.bid(), currency);
            var survival = new Survival(
                    rounded(rung.survival().probability()),
                    rounded(rung.survival().low()),
                    rounded(rung.survival().high()));
            var replay = rung.replay();
            if (replay == null) {
                return new Row(bid, rung.winsNow(), survival, null, null, null, null, null);
            }
            return new Row(
                    bid,
                    rung.winsNow(),
                    survival,
                    rounded(replay.shareHeld()),
                    rounded(replay.lossesPerDay()),
                    replay.shareHeld() > 0 ? hourly(replay.paidMicros(), currency) : null,
                    seconds(replay.stretches().longestDays()),
                    seconds(replay.stretches().medianDays()));
        }

        private static Long seconds(double days) {
            return Math.round(days * 86_400);
        }
    }

    /**
     * A bid as a former tool would make it.
     *
     * @param rule which rule
     * @param accepted whether the market would accept it at all
     * @param outlook the bid and its prospects if it did
     */
    record FormerRow(FormerRule rule, boolean accepted, Row outlook) {
        static FormerRow of(Advice.Former former, String currency) {
            return new FormerRow(former.rule(), former.accepted(), Row.of(former.rung(), currency));
        }
    }
}
