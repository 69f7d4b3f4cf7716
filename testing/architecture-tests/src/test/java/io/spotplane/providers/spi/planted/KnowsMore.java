package io.spotplane.providers.spi.planted;

import org.junit.jupiter.api.Assertions;

class KnowsMore {
    void work() {
        Assertions.fail();
    }
}
