package io.spotplane.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;

class DemandTest {

    @Infrastructure(BackingService.REDIS)
    static class Annotated {
        class Nested {}
    }

    static class Inheriting extends Annotated {}

    @Test
    void aNestedClassSharesTheDatabasesOfItsOutermostAnnotatedClass() {
        assertThat(Demand.of(Annotated.Nested.class).owner()).isEqualTo(Annotated.class);
    }

    @Test
    void anInheritingClassHasDatabasesOfItsOwn() {
        assertThat(Demand.of(Inheriting.class).owner()).isEqualTo(Inheriting.class);
    }

    @Test
    void aClassThatAsksForNothingIsTold() {
        assertThatThrownBy(() -> Demand.of(DemandTest.class)).hasMessageEndingWith("DemandTest has no @Infrastructure");
    }

    @Test
    void usingAServerWithoutAskingForItIsRefused() {
        // Given
        var demand = Demand.of(Annotated.class);
        // Then
        assertThatThrownBy(() -> demand.kafka(new RunningServers(new EmbeddedServers())))
                .hasMessageContaining("uses KAFKA, but its @Infrastructure names [REDIS]");
    }

    @Test
    void anUnknownSourceOfServersIsRefused() {
        // Given
        System.setProperty("spotplane.infrastructure", "cloud");
        try {
            // Then
            assertThatThrownBy(Servers::chosen)
                    .hasMessage("spotplane.infrastructure is 'cloud'; expected 'embedded' or 'containers'");
        } finally {
            System.clearProperty("spotplane.infrastructure");
        }
    }

    @Test
    void containersWithoutAnEngineAreUnavailableWithAReason() {
        assumeFalse(ContainerServers.available(), "a Docker engine answers");
        // Given
        var servers = new RunningServers(new ContainerServers());
        // Then
        assertThat(servers.unavailable())
                .isEqualTo("spotplane.infrastructure=containers, but no Docker engine answers");
    }
}
