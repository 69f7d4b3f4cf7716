package io.spotplane.providers.aws;

import io.spotplane.providers.contract.Account;
import io.spotplane.providers.contract.FarSide;
import io.spotplane.providers.contract.InstanceInspectorContract;
import io.spotplane.providers.contract.InstanceLauncherContract;
import io.spotplane.providers.contract.InterruptionFeedContract;
import io.spotplane.providers.contract.MarketDataContract;
import io.spotplane.providers.spi.InterruptionFeed;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;

/** The SPI's laws, kept by this adapter against EC2 as the simulator plays it. */
class AwsContract {

    @AutoClose
    private static final SimulatedEc2 EC2 = new SimulatedEc2();

    @Nested
    class Launching extends InstanceLauncherContract {

        @Override
        protected Account openAccount() {
            return EC2.account();
        }

        @Override
        protected FarSide farSide() {
            return EC2;
        }
    }

    @Nested
    class Inspecting extends InstanceInspectorContract {

        /** DescribeInstances gives no smaller pages. */
        private static final int SMALLEST_PAGE = 5;

        @Override
        protected Account openAccount() {
            return EC2.account(SMALLEST_PAGE);
        }

        @Override
        protected FarSide farSide() {
            return EC2;
        }
    }

    @Nested
    class Selling extends MarketDataContract {

        @Override
        protected Account openAccount() {
            return EC2.account();
        }

        @Override
        protected FarSide farSide() {
            return EC2;
        }
    }

    @Nested
    class Warning extends InterruptionFeedContract {

        private final SimulatedEc2.Ec2Account account = EC2.account();

        @Override
        protected Account openAccount() {
            return account;
        }

        @Override
        protected FarSide farSide() {
            return EC2;
        }

        @Override
        protected InterruptionFeed feed() {
            return account.feed();
        }
    }
}
