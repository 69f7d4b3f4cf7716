package io.spotplane.pricing.simulation;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.pricing.deadline.Choice;
import io.spotplane.pricing.deadline.Replay;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns what was played into money and shares.
 *
 * @param tick the step of the replay
 * @param policies in the order asked for
 * @param onDemand its price
 * @param spot the price of each pool
 * @param groups the pools that the runs of each group may use
 * @param onDemandOnly what on demand alone costs
 */
record SumUp(
        Duration tick,
        List<PolicyName> policies,
        HourlyPrice onDemand,
        List<HourlyPrice> spot,
        List<List<Integer>> groups,
        Money onDemandOnly) {

    SimulationAnswer of(List<Windows.Played> played, Duration learnt, long seed) {
        var runs = new ArrayList<SimulationAnswer.Run>();
        var outcomes = new ArrayList<List<Replay.Outcome>>();
        for (int group = 0; group < played.size(); group++) {
            var each = played.get(group);
            for (int window = 0; window < each.starts().length; window++) {
                outcomes.add(each.outcomes().get(window));
                runs.add(run(group, each, window, window == 0));
            }
        }
        return new SimulationAnswer(
                tick,
                learnt,
                played.stream().map(Windows.Played::method).toList(),
                IntStream.range(0, policies.size())
                        .mapToObj(at -> result(at, runs, outcomes))
                        .toList(),
                List.copyOf(runs),
                seed);
    }

    private SimulationAnswer.Run run(int group, Windows.Played played, int window, boolean withTimelines) {
        var prices = groups.get(group).stream().map(spot::get).toList();
        var outcomes = played.outcomes().get(window);
        return new SimulationAnswer.Run(
                played.names(),
                tick.multipliedBy(played.starts()[window]),
                outcomes.stream()
                        .map(outcome ->
                                Simulate.cost(outcome.spotTicks(), prices, outcome.onDemandTicks(), onDemand, tick))
                        .toList(),
                withTimelines ? timelines(played.names(), outcomes) : null);
    }

    private List<SimulationAnswer.Timeline> timelines(List<String> names, List<Replay.Outcome> outcomes) {
        return IntStream.range(0, policies.size())
                .mapToObj(at -> timeline(policies.get(at), names, outcomes.get(at)))
                .toList();
    }

    private SimulationAnswer.Timeline timeline(PolicyName policy, List<String> names, Replay.Outcome outcome) {
        return new SimulationAnswer.Timeline(
                policy,
                outcome.finished() ? tick.multipliedBy(outcome.ticks()) : null,
                outcome.timeline().stream()
                        .filter(stretch -> stretch.held().kind() != Choice.Kind.IDLE)
                        .map(stretch -> new SimulationAnswer.Held(
                                tick.multipliedBy(stretch.from()),
                                tick.multipliedBy(stretch.ticks()),
                                stretch.held().isSpot()
                                        ? names.get(stretch.held().pool())
                                        : null,
                                tick.multipliedBy(stretch.startUp()),
                                stretch.reclaimed()))
                        .toList());
    }

    private SimulationAnswer.Result result(
            int policy, List<SimulationAnswer.Run> runs, List<List<Replay.Outcome>> outcomes) {
        var own = outcomes.stream().map(each -> each.get(policy)).toList();
        var mean = mean(runs, policy);
        int best = policies.indexOf(PolicyName.CLAIRVOYANT);
        int kept = (int) own.stream().filter(Replay.Outcome::finished).count();
        return new SimulationAnswer.Result(
                policies.get(policy),
                mean,
                Simulate.share(mean, onDemandOnly),
                best < 0 ? null : Simulate.share(mean, mean(runs, best)),
                best < 0 ? null : regret(mean, mean(runs, best)),
                best < 0 ? null : worst(runs, policy, best),
                average(own.stream().mapToInt(Replay.Outcome::starts).toArray()),
                average(own.stream().mapToInt(Replay.Outcome::reclaims).toArray()),
                kept,
                own.size() - kept);
    }

    private Money mean(List<SimulationAnswer.Run> runs, int policy) {
        return Simulate.mean(runs.stream().map(run -> run.costs().get(policy)).toList(), onDemand.currency());
    }

    private static Money regret(Money mean, Money best) {
        return new Money(mean.amount().subtract(best.amount()).max(BigDecimal.ZERO), mean.currency());
    }

    private static double worst(List<SimulationAnswer.Run> runs, int policy, int best) {
        return runs.stream()
                .mapToDouble(run ->
                        Simulate.share(run.costs().get(policy), run.costs().get(best)))
                .max()
                .orElse(1);
    }

    private static double average(int[] values) {
        return Math.round(IntStream.of(values).average().orElse(0) * 100) / 100.0;
    }
}
