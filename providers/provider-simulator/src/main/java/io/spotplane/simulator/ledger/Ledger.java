package io.spotplane.simulator.ledger;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every purchase ever made, oldest first. Nothing is ever struck out, except by a reset of the whole world. */
public final class Ledger {

    private final List<Purchase> purchases = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    public Ledger(InstantSource clock) {
        this.clock = clock;
    }

    public void add(Purchase purchase) {
        purchases.add(purchase);
    }

    public List<LedgerLine> lines() {
        var now = clock.instant();
        return purchases.stream().map(purchase -> purchase.line(now)).toList();
    }

    public void clear() {
        purchases.clear();
    }
}
