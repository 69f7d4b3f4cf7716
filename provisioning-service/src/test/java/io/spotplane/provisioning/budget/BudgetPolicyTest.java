package io.spotplane.provisioning.budget;

import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.inDoubt;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.ready;
import static io.spotplane.provisioning.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.instance.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetPolicyTest {

    private final BudgetPolicy policy = new BudgetPolicy(Duration.ofSeconds(30), Duration.ofMinutes(2));

    @Test
    void isExhaustedOneTickBeforeTheMoneyIsGone() {
        // Given: 1.20 USD an hour lasts half an hour
        var held = holding(wanted(1, null, "0.60")).adding(ready(2, offering("a", "1.20")));
        // Then
        assertThat(policy.exhausted(held, NOW.plusSeconds(1770))).isFalse();
        assertThat(policy.exhausted(held, NOW.plusSeconds(1771))).isTrue();
    }

    @Test
    void reckonsWithOrdersThatAreInDoubt() {
        var held = holding(wanted(1, null, "0.60")).adding(inDoubt(2, offering("a", "1.20")));
        assertThat(policy.exhausted(held, NOW.plusSeconds(1771))).isTrue();
    }

    @Test
    void aReplacementMustFitBesideTheRestOfTheNotice() {
        // Given: the old one drains for ten minutes more, which is 0.20 USD; the new one needs two minutes, 0.04 USD
        var old = ready(2, offering("a", "1.20"));
        var draining =
                old.become(((Ready) old.state()).drain(Reason.INTERRUPTED, "", NOW.plus(Duration.ofMinutes(10))), NOW);
        // Then
        assertThat(policy.affords(holding(wanted(1, null, "0.24")).adding(draining), HourlyPrice.usd("1.20"), NOW))
                .isTrue();
        assertThat(policy.affords(holding(wanted(1, null, "0.23")).adding(draining), HourlyPrice.usd("1.20"), NOW))
                .isFalse();
    }

    @Test
    void withoutABudgetEverythingFits() {
        var held = holding(wanted(1, null, null)).adding(ready(2, offering("a", "1.20")));
        assertThat(policy.exhausted(held, NOW.plus(Duration.ofDays(365)))).isFalse();
        assertThat(policy.affords(held, HourlyPrice.usd("99999"), NOW)).isTrue();
    }
}
