package io.spotplane.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void followTheGatewayInARow() {
        var ports = new Ports(9000);
        assertThat(ports.pricing()).isEqualTo(9001);
        assertThat(ports.issuer()).isEqualTo(9005);
        assertThat(ports.simulator()).isEqualTo(9006);
        assertThat(ports.gatewayManagement()).isEqualTo(9011);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1023, 65525, 70000})
    void mustAllFit(int base) {
        assertThatThrownBy(() -> new Ports(base))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port " + base);
    }
}
