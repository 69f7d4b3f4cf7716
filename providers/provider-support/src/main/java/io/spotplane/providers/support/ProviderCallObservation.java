package io.spotplane.providers.support;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is measured of calls to providers. Changed together with its dashboard, alert and runbook. */
enum ProviderCallObservation implements ObservationDocumentation {
    /** One call, with its waiting for a turn: a timer, and a span that joins the caller's trace. */
    CALL {
        @Override
        public String getName() {
            return "spotplane.provider.calls";
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return Key.values();
        }
    };

    /** Its tags, every one of them bounded. */
    enum Key implements KeyName {
        /** The provider's short name. */
        PROVIDER,
        /** What was asked, a constant in the adapter, such as {@code runpod.launch}. */
        OPERATION,
        /** {@code ok}, a refusal in lower case, {@code not_sent}, {@code fault} or {@code cancelled}. */
        OUTCOME;

        @Override
        public String asString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
