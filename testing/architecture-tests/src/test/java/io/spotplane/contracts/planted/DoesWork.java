package io.spotplane.contracts.planted;

import org.junit.jupiter.api.Assertions;

class DoesWork {
    void work() {
        Assertions.fail();
    }
}
