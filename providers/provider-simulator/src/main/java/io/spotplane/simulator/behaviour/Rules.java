package io.spotplane.simulator.behaviour;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The rules in force, oldest first. At most one of them spoils a call, besides those that only sell out. */
public final class Rules {

    private final List<PlacedRule> placed = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** @return the id under which it can be removed */
    public synchronized String add(Rule rule) {
        var id = "rule-" + numbers.incrementAndGet();
        placed.add(new PlacedRule(id, rule, 0));
        return id;
    }

    /** Rules that are used up stay listed until removed, so that a test can see that they fired. */
    public synchronized List<PlacedRule> all() {
        return List.copyOf(placed);
    }

    public synchronized boolean remove(String id) {
        return placed.removeIf(rule -> rule.id().equals(id));
    }

    public synchronized void clear() {
        placed.clear();
    }

    /** Takes one use of the first rule that spoils this call. */
    synchronized Optional<PlacedRule> claim(Call call) {
        return claim(call, false);
    }

    /** Takes one use of the first rule that says this is sold out. */
    synchronized boolean claimSoldOut(Call launch) {
        return claim(launch, true).isPresent();
    }

    private Optional<PlacedRule> claim(Call call, boolean sellOut) {
        for (int i = 0; i < placed.size(); i++) {
            var candidate = placed.get(i);
            boolean fits = (candidate.rule().behaviour() == Behaviour.SELL_OUT) == sellOut;
            if (fits && !candidate.usedUp() && candidate.rule().matches(call)) {
                placed.set(i, candidate.usedOnceMore());
                return Optional.of(placed.get(i));
            }
        }
        return Optional.empty();
    }
}
