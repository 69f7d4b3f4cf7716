package io.spotplane.pricing.alert;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.event.PriceAlertRaised.Kind;
import io.spotplane.contracts.event.PriceAlertRaised.Reason;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Shelf;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeMarketTest {

    private static final BidOutlook UNKNOWN = (offeringId, bid, horizon) -> Optional.empty();
    private static final AlertQuery L4 = query("L4");
    private static final List<String> MODELS =
            List.of("L4", "L40S", "A100-80GB", "A100-40GB", "H100-SXM", "H100-PCIe", "T4", "RTX-4090");

    @ParameterizedTest
    @CsvSource({
        "0.26, false, false",
        "0.25, false, true",
        "0.25, true, true",
        "0.255, true, true",
        "0.256, true, false",
        "0.255, false, false"
    })
    void aLineIsReachedAndMustBeLeftFurtherOut(String price, boolean held, boolean holds) {
        // Given
        var cheap = offering("aws", "g6").gpu("L4", 1).at(price);
        var alert = standing(below(L4, "0.25", Basis.MACHINE), held ? cheap.id() : null);
        // When
        var cause = judge(alert, cheap);
        // Then
        assertThat(cause.isPresent()).isEqualTo(holds);
    }

    @Test
    void countsEachGpuWhereTheLineIsAboutThem() {
        // Given
        var eight = offering("aws", "p5").gpu("H100-SXM", 8).at("15.20");
        var alert = standing(below(query("H100"), "2.00", Basis.GPU), null);
        // When
        var cause = judge(alert, eight).orElseThrow();
        // Then
        assertThat(cause.reason()).isEqualTo(Reason.BELOW);
        assertThat(cause.pricePerGpu()).isEqualTo(HourlyPrice.usd("1.900000"));
    }

    @Test
    void namesTheCheapestOfAllThatReachTheLine() {
        // Given
        var alert = standing(below(L4, "0.30", Basis.MACHINE), null);
        // When
        var cause = judge(
                alert,
                offering("aws", "a").gpu("L4", 1).at("0.29"),
                offering("aws", "b").gpu("L4", 1).at("0.21"),
                offering("aws", "c").gpu("L40S", 1).at("0.10"));
        // Then
        assertThat(cause.orElseThrow().offeringId()).contains(":b.x1:");
    }

    @Test
    void holdsOnInAnotherOfferingWhenItsWitnessIsGone() {
        // Given
        var other = offering("aws", "b").gpu("L4", 1).at("0.254");
        var alert = standing(below(L4, "0.25", Basis.MACHINE), "aws:us-east-1:-:a.x1:spot");
        // When
        var judgements =
                JudgeMarket.afterChanges(shelf(other), Set.of("aws:us-east-1:-:a.x1:spot"), List.of(alert), UNKNOWN);
        // Then
        assertThat(judgements)
                .singleElement()
                .satisfies(
                        judgement -> assertThat(judgement.cause().offeringId()).isEqualTo(other.id()));
    }

    @Test
    void watchesOneOfferingAboveALine() {
        // Given
        var offering = offering("aws", "g6").at("0.50");
        var alert = standing(above(offering.id(), "0.50"), null);
        // When / Then
        assertThat(judge(alert, offering).orElseThrow().reason()).isEqualTo(Reason.ABOVE);
        assertThat(judge(alert, offering("aws", "g6").at("0.49"))).isEmpty();
        assertThat(judge(standing(above(offering.id(), "0.50"), offering.id()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.06, , BID_EXCEEDED",
        "0.05, , BID_NEAR",
        "0.045, , BID_NEAR",
        "0.044, ,",
        "0.049, 0.1,",
        "0.02, 0.3, BID_LIKELY_LOST",
        "0.06, 0.01, BID_EXCEEDED"
    })
    void tellsWhyABidIsAtRisk(String price, @Nullable Double probability, @Nullable Reason reason) {
        // Given
        var offering = offering("rackspace", "gp").at(price);
        BidOutlook outlook = (id, bid, horizon) ->
                Optional.ofNullable(probability).map(known -> new BidOutlook.Outlook(known, "auctions"));
        var alert = standing(bid(offering.id(), "0.05"), null);
        // When
        var judgements = JudgeMarket.everything(shelf(offering), List.of(alert), outlook);
        // Then
        assertThat(judgements)
                .singleElement()
                .satisfies(judgement -> assertThat(
                                Optional.ofNullable(judgement.cause()).map(Cause::reason))
                        .isEqualTo(Optional.ofNullable(reason)));
    }

    @Test
    void aBidIsLostWhenNobodySellsItAnyMore() {
        // When
        var judgements = JudgeMarket.everything(
                shelf(offering("aws", "other").at("0.1")),
                List.of(standing(bid("aws:us-east-1:-:g6:spot", "0.05"), null)),
                UNKNOWN);
        // Then
        assertThat(judgements)
                .singleElement()
                .satisfies(judgement -> assertThat(judgement.cause().reason()).isEqualTo(Reason.WITHDRAWN));
    }

    @Test
    void saysNothingThatWasSaidAlready() {
        // Given
        var cheap = offering("aws", "g6").gpu("L4", 1).at("0.20");
        var held = standing(below(L4, "0.25", Basis.MACHINE), cheap.id());
        var armed = standing(below(L4, "0.10", Basis.MACHINE), null);
        // When / Then
        assertThat(JudgeMarket.everything(shelf(cheap), List.of(held, armed), UNKNOWN))
                .isEmpty();
    }

    @Test
    void alwaysSpeaksAboutAnAlertThatIsNew() {
        // Given
        var cheap = offering("aws", "g6").gpu("L4", 1).at("0.20");
        var fresh = new Standing(UUID.randomUUID(), Watch.of(below(L4, "0.10", Basis.MACHINE)), null, false);
        // When / Then
        assertThat(JudgeMarket.afterChanges(shelf(cheap), Set.of(), List.of(fresh), UNKNOWN))
                .containsExactly(new Judgement(fresh.alertId(), null));
    }

    /** The peer asks every alert of every offering after every step. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lookingOnlyWhereSomethingChangedMissesNothing(long seed) {
        // Given
        var random = new Random(seed);
        var alerts = IntStream.range(0, 120)
                .mapToObj(at -> standing(randomDefinition(random), null))
                .collect(Collectors.toMap(Standing::alertId, alert -> alert));
        var expected = new HashMap<UUID, Boolean>();
        var offerings = new HashMap<String, Offering>();
        for (int step = 0; step < 300; step++) {
            var changed = new HashSet<String>();
            for (int at = 0; at < 1 + random.nextInt(8); at++) {
                var offering = randomOffering(random);
                changed.add(offering.id());
                if (random.nextInt(5) == 0) {
                    offerings.remove(offering.id());
                } else {
                    offerings.put(offering.id(), offering);
                }
            }
            var shelf = Shelf.of("aws", step + 1, Map.copyOf(offerings));
            // When
            JudgeMarket.afterChanges(shelf, changed, alerts.values(), UNKNOWN)
                    .forEach(said -> alerts.computeIfPresent(
                            said.alertId(),
                            (id, alert) -> new Standing(
                                    id,
                                    alert.watch(),
                                    said.cause() == null ? null : said.cause().offeringId(),
                                    true)));
            // Then
            for (var alert : alerts.values()) {
                var held = expected.getOrDefault(alert.alertId(), false);
                var holds = offerings.values().stream().anyMatch(offering -> holds(alert.watch(), offering, held))
                        || (isGone(alert.watch(), offerings)
                                && (held || changed.contains(alert.watch().offeringId())));
                expected.put(alert.alertId(), holds);
                assertThat(alert.holds())
                        .as("%s at step %d", alert.watch(), step)
                        .isEqualTo(holds);
            }
        }
        assertThat(expected.values()).contains(true, false);
    }

    /** Of a bid, that is a cause by itself; but only when it was seen to go. */
    private static boolean isGone(Watch watch, Map<String, Offering> offerings) {
        return watch instanceof Watch.Bid bid && !offerings.containsKey(bid.offeringId());
    }

    private static boolean holds(Watch watch, Offering offering, boolean held) {
        return switch (watch) {
            case Watch.Bid bid ->
                bid.offeringId().equals(offering.id())
                        && bid.cause(offering, held, UNKNOWN).isPresent();
            case Watch.Threshold threshold ->
                (threshold.offeringId() == null
                                ? threshold.wants(
                                        offering,
                                        offering.gpu() == null
                                                ? Set.of()
                                                : GpuModels.satisfiedBy(
                                                        offering.gpu().model()))
                                : threshold.offeringId().equals(offering.id()))
                        && threshold.cause(offering, held, UNKNOWN).isPresent();
        };
    }

    /** 10,000 alerts and 28,000 changes; for those who would ask each of each, 280 million questions. */
    @Test
    void findsTheAlertsOfALargeSweepWithoutAskingEachOfEach() {
        // Given
        var random = new Random(9);
        var offerings = new HashMap<String, Offering>();
        IntStream.range(0, 28_000).forEach(at -> {
            var offering = offering("aws", "t" + at)
                    .region("r" + at % 30)
                    .gpu(MODELS.get(at % MODELS.size()), 1 + at % 8)
                    .at(BigDecimal.valueOf(100 + random.nextInt(1_000), 2).toPlainString());
            offerings.put(offering.id(), offering);
        });
        var shelf = Shelf.of("aws", 1, offerings);
        var armed = IntStream.range(0, 10_000)
                .mapToObj(at -> standing(
                        below(
                                at % 10 == 0 ? region("r" + at % 30) : query(MODELS.get(at % MODELS.size())),
                                BigDecimal.valueOf(50 + random.nextInt(60), 2).toPlainString(),
                                Basis.MACHINE),
                        null))
                .toList();
        var hopeless = IntStream.range(0, 10_000)
                .mapToObj(at -> standing(below(impossible(), "1000", Basis.MACHINE), null))
                .toList();
        // When
        var typical = timed(() -> JudgeMarket.afterChanges(shelf, offerings.keySet(), armed, UNKNOWN));
        var worst = timed(() -> JudgeMarket.afterChanges(shelf, offerings.keySet(), hopeless, UNKNOWN));
        // Then
        System.out.printf(
                "28,000 changes held against 10,000 alerts: %s; all unselective and hopeless: %s%n", typical, worst);
        assertThat(typical).isLessThan(Duration.ofSeconds(2));
        assertThat(worst).isLessThan(Duration.ofSeconds(30));
    }

    private static Duration timed(Runnable work) {
        work.run();
        var started = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Offering randomOffering(Random random) {
        var at = random.nextInt(40);
        var builder = offering("aws", "t" + at).region("r" + at % 3).size(1 << at % 4, 1024L << at % 5);
        return (at % 5 == 0 ? builder : builder.gpu(MODELS.get(at % MODELS.size()), 1 + at % 3))
                .at("0." + (10 + random.nextInt(90)));
    }

    private static AlertDefinition randomDefinition(Random random) {
        var line = "0." + (10 + random.nextInt(90));
        var basis = random.nextBoolean() ? Basis.GPU : Basis.MACHINE;
        return switch (random.nextInt(6)) {
            case 0 -> bid(randomOffering(random).id(), line);
            case 1 -> above(randomOffering(random).id(), line);
            case 2 -> below(region("r" + random.nextInt(4)), line, basis);
            case 3 ->
                below(new AlertQuery(null, null, null, 2, 2048L, null, null, null, List.of("t1", "t2")), line, basis);
            case 4 -> below(query(random.nextBoolean() ? "A100" : "H100", "L4"), line, basis);
            default -> below(query(MODELS.get(random.nextInt(MODELS.size()))), line, basis);
        };
    }

    private static Optional<Cause> judge(Standing alert, Offering... offerings) {
        return JudgeMarket.everything(shelf(offerings), List.of(fresh(alert)), UNKNOWN).stream()
                .map(Judgement::cause)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** Always spoken about. */
    private static Standing fresh(Standing alert) {
        return new Standing(alert.alertId(), alert.watch(), alert.witness(), false);
    }

    private static Shelf shelf(Offering... offerings) {
        return Shelf.of(offerings.length == 0 ? "aws" : offerings[0].provider(), 1, byId(offerings));
    }

    private static Standing standing(AlertDefinition definition, @Nullable String witness) {
        return new Standing(UUID.randomUUID(), Watch.of(definition), witness, true);
    }

    private static AlertQuery query(String... gpus) {
        return new AlertQuery(List.of(gpus), null, null, null, null, null, null, null, null);
    }

    private static AlertQuery region(String region) {
        return new AlertQuery(null, null, null, null, null, List.of(region), null, null, null);
    }

    private static AlertQuery impossible() {
        return new AlertQuery(null, null, null, 1_000_000, null, null, null, null, null);
    }

    private static AlertDefinition below(AlertQuery query, String usd, Basis basis) {
        return definition(Kind.THRESHOLD, null, query, HourlyPrice.usd(usd), null, basis, null);
    }

    private static AlertDefinition above(String offeringId, String usd) {
        return definition(Kind.THRESHOLD, offeringId, null, null, HourlyPrice.usd(usd), Basis.MACHINE, null);
    }

    private static AlertDefinition bid(String offeringId, String usd) {
        return definition(Kind.BID_AT_RISK, offeringId, null, null, null, Basis.MACHINE, HourlyPrice.usd(usd));
    }

    private static AlertDefinition definition(
            Kind kind,
            @Nullable String offeringId,
            @Nullable AlertQuery query,
            @Nullable HourlyPrice below,
            @Nullable HourlyPrice above,
            Basis basis,
            @Nullable HourlyPrice bid) {
        return new AlertDefinition(
                null,
                kind,
                offeringId,
                query,
                below,
                above,
                basis,
                bid,
                bid == null ? null : Duration.ofHours(6),
                bid == null ? null : new BigDecimal("0.2"),
                new BigDecimal("2"));
    }
}
