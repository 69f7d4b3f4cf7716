package io.spotplane.simulator.behaviour;

/** A rule in force, and how many calls it has spoilt. */
public record PlacedRule(String id, Rule rule, int used) {

    PlacedRule usedOnceMore() {
        return new PlacedRule(id, rule, used + 1);
    }

    boolean usedUp() {
        return rule.times() != null && used >= rule.times();
    }
}
