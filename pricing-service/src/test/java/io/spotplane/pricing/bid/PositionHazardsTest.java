package io.spotplane.pricing.bid;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.PricePath;
import io.spotplane.pricing.testing.Ladder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PositionHazardsTest {

    private static final Instant FROM = Instant.parse("2026-06-01T00:00:00Z");
    private static final Rungs RUNGS = new Rungs(Ladder.OF_JULY);

    private final Map<String, List<Look>> looks = new TreeMap<>();

    @Test
    void presumesWhatThePercentilesSayWhileNothingWasLearnt() {
        // Given
        var look = look("a:r:-:gp.one:spot", 0, 10_000, 10_000, 20_000, 30_000);
        looks.put(look.offeringId(), List.of(look));
        // When
        var hazards = learn();
        // Then
        assertThat(hazards.learnt()).isFalse();
        assertThat(hazards.of(look, 10_000, RUNGS).perDay()).isEqualTo(0.65 / 30, within());
        assertThat(hazards.of(look, 20_000, RUNGS).perDay()).isEqualTo(0.35 / 30, within());
        assertThat(hazards.of(look, 30_000, RUNGS).perDay()).isEqualTo(0.2 / 30, within());
        assertThat(hazards.of(look, 40_000, RUNGS).perDay()).isEqualTo(0.1 / 30, within());
    }

    @Test
    void learnsThatPricesWhichNeverMovedStayAndOthersDoNot() {
        // Given
        for (var auction = 0; auction < 30; auction++) {
            constant("calm:r:-:gp.c%d:spot".formatted(auction));
            restless("wild:r:-:gp.w%d:spot".formatted(auction));
        }
        // When
        var hazards = learn();
        // Then
        var calm = hazards.of(hazards.corrected(looks.get("calm:r:-:gp.c0:spot").getLast()), 30_000, RUNGS);
        var wild = hazards.of(hazards.corrected(looks.get("wild:r:-:gp.w0:spot").getLast()), 10_000, RUNGS);
        assertThat(calm.perDay()).isLessThan(0.001);
        assertThat(wild.perDay()).isGreaterThan(0.03);
        assertThat(calm.over(1).probability()).isGreaterThan(0.999);
    }

    @Test
    void noticesThatAFeedPublishesTheBidThatWouldHaveWon() {
        // Given
        for (var auction = 0; auction < 5; auction++) {
            var id = "a:r:-:gp.c%d:spot".formatted(auction);
            looks.put(id, List.of(look(id, 0, 30_000, 31_000, 31_000, 31_000)));
        }
        // When
        var corrected = learn().corrected(looks.get("a:r:-:gp.c0:spot").getFirst());
        // Then
        assertThat(corrected.p80()).isEqualTo(30_000);
    }

    @Test
    void leavesAFeedAloneThatPublishesPrices() {
        // Given
        var id = "a:r:-:gp.c:spot";
        looks.put(id, List.of(look(id, 0, 30_000, 30_000, 30_000, 30_000)));
        // When
        var corrected = learn().corrected(looks.get(id).getFirst());
        // Then
        assertThat(corrected.p80()).isEqualTo(30_000);
    }

    @Test
    void learnsFromTheFirstReadingOfAMonthOfAuctions() {
        // Given
        var paths = new TreeMap<String, PricePath>();
        for (var auction = 0; auction < 40; auction++) {
            var order = Paths.from(FROM);
            for (var week = 0; week < 5; week++) {
                order.at("0.01", 100).at("0.03", 68);
            }
            paths.put("a:r:-:gp.t%d:spot".formatted(auction), order.path());
        }
        var path = paths.get("a:r:-:gp.t0:spot");
        var now = Transition.look("a:r:-:gp.t0:spot", path.until(), path);
        // When
        var hazards = PositionHazards.learn(
                Map.of(), paths, this::rules, Ties.HELD, Freshness.at(path.until(), Duration.ofDays(30)));
        // Then
        assertThat(hazards.learnt()).isTrue();
        assertThat(hazards.of(now, 30_000, RUNGS).perDay()).isLessThan(0.001);
        assertThat(hazards.presumed(now, 30_000, RUNGS)).isLessThan(0.1);
    }

    @Test
    void forgetsWhatIsLongAgo() {
        // Given
        for (var auction = 0; auction < 30; auction++) {
            var id = "a:r:-:gp.w%d:spot".formatted(auction);
            var all = new ArrayList<Look>();
            for (var day = 0; day < 400; day++) {
                all.add(look(id, day, day < 100 && day % 2 == 1 ? 30_000 : 10_000, 10_000, 20_000, 30_000));
            }
            looks.put(id, all);
        }
        var last = looks.get("a:r:-:gp.w0:spot").getLast();
        // When
        var forgetting = learn(Duration.ofDays(20)).of(last, 10_000, RUNGS);
        var remembering = learn(Duration.ofDays(10_000)).of(last, 10_000, RUNGS);
        // Then
        assertThat(forgetting.perDay()).isLessThan(remembering.perDay() / 3);
    }

    @Test
    void putsTypesOfOneMakeIntoOneFamily() {
        assertThat(PositionHazards.familyOf("rackspace-spot:us-east-iad-1:-:gp.vs1.large-iad:spot"))
                .isEqualTo("gp.vs1");
        assertThat(PositionHazards.familyOf("rackspace-spot:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot"))
                .isEqualTo("gpu.vs2");
        assertThat(PositionHazards.familyOf("nonsense")).isEqualTo("nonsense");
    }

    private void constant(String id) {
        var all = new ArrayList<Look>();
        for (var day = 0; day < 40; day++) {
            all.add(look(id, day, 30_000, 31_000, 31_000, 31_000));
        }
        looks.put(id, all);
    }

    private void restless(String id) {
        var all = new ArrayList<Look>();
        for (var day = 0; day < 40; day++) {
            all.add(look(id, day, day % 10 == 9 ? 30_000 : 10_000, 11_000, 21_000, 31_000));
        }
        looks.put(id, all);
    }

    private PositionHazards learn() {
        return learn(Duration.ofDays(30));
    }

    private PositionHazards learn(Duration halfLife) {
        var now = looks.values().iterator().next().getLast().at();
        return PositionHazards.learn(looks, Map.of(), this::rules, Ties.HELD, Freshness.at(now, halfLife));
    }

    private BidRules rules(String offeringId) {
        return Ladder.OF_JULY;
    }

    private static Look look(String id, int day, long market, long p20, long p50, long p80) {
        return new Look(id, FROM.plus(Duration.ofDays(day)), market, p20, p50, p80);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }
}
