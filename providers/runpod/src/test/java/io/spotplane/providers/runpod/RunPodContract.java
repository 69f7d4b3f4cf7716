package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.Account;
import io.spotplane.providers.contract.FarSide;
import io.spotplane.providers.contract.InstanceInspectorContract;
import io.spotplane.providers.contract.InstanceLauncherContract;
import io.spotplane.providers.contract.MarketDataContract;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The SPI's laws, kept by this adapter against RunPod as the simulator plays it. */
class RunPodContract {

    @AutoClose
    private static final SimulatedRunPod RUN_POD = SimulatedRunPod.spot();

    @AutoClose
    private static final SimulatedRunPod BY_REST = SimulatedRunPod.onDemand();

    @Nested
    class Launching extends InstanceLauncherContract {

        @AfterEach
        void payIn() {
            RUN_POD.setCredit("100");
        }

        @Override
        protected Account openAccount() {
            return RUN_POD.account();
        }

        @Override
        protected FarSide farSide() {
            return RUN_POD;
        }

        @Test
        void anAccountWithoutMoneyIsToldSoAndBuysNothing() {
            // Given
            var order = order();
            RUN_POD.setCredit("0.01");
            // When
            var outcome = launch(order);
            // Then
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Declined.class,
                            declined -> assertThat(declined.refusal()).isEqualTo(Refusal.INSUFFICIENT_FUNDS));
            assertThat(RUN_POD.made(order.token())).isZero();
        }
    }

    @Nested
    class Inspecting extends InstanceInspectorContract {

        @Override
        protected Account openAccount() {
            return RUN_POD.account();
        }

        @Override
        protected FarSide farSide() {
            return RUN_POD;
        }
    }

    @Nested
    class Selling extends MarketDataContract {

        @Override
        protected Account openAccount() {
            return RUN_POD.account();
        }

        @Override
        protected FarSide farSide() {
            return RUN_POD;
        }
    }

    /** The same laws for the other protocol: on-demand pods are ordered by REST. */
    @Nested
    class LaunchingOnDemand extends InstanceLauncherContract {

        @Override
        protected boolean isWanted(Offering offering) {
            return offering.capacityType() == CapacityType.ON_DEMAND
                    && offering.gpu().count() == 1
                    && offering.gpu().model().equals("L4");
        }

        @Override
        protected Account openAccount() {
            return BY_REST.account();
        }

        @Override
        protected FarSide farSide() {
            return BY_REST;
        }
    }
}
