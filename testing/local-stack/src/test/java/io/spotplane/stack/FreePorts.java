package io.spotplane.stack;

import java.util.stream.IntStream;

/** A row that nobody uses, below the range from which the system takes ports for outgoing connections. */
final class FreePorts {

    private FreePorts() {}

    static Ports row() {
        return IntStream.iterate(12_000, base -> base < 20_000, base -> base + 20)
                .mapToObj(Ports::new)
                .filter(Ports::areFree)
                .findFirst()
                .orElseThrow();
    }
}
