package io.spotplane.providers.contract;

import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What the contracts of buying share: an account to buy at, and an owner of their own, so that no test sees another's machines. */
abstract class BuyingContract extends ProviderContract {

    /** Longest time for which a machine is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HourlyPrice PLENTY = HourlyPrice.usd("100");

    private final String owner = "test-" + UUID.randomUUID().toString().substring(0, 8);

    @Override
    protected abstract Account openAccount();

    @Override
    protected abstract FarSide farSide();

    /** Whether this is what the tests buy: a cheap machine, and a spot one unless an adapter's test says otherwise. */
    protected boolean isWanted(Offering offering) {
        return offering.capacityType() == CapacityType.SPOT
                && offering.gpu() != null
                && offering.gpu().count() == 1
                && offering.gpu().model().equals("L4");
    }

    @Override
    final Account account() {
        return (Account) super.account();
    }

    final String owner() {
        return owner;
    }

    /** An order that can be filled, for this test's owner. */
    protected final LaunchOrder order() {
        return order(owner, PLENTY);
    }

    final LaunchOrder order(String owner, HourlyPrice maxPrice) {
        return new LaunchOrder(newToken(), forSale(), maxPrice, null, owner, Map.of("spotplane:request", "r-1"));
    }

    private Offering forSale() {
        return answer(account().market().sweep()).offerings().stream()
                .filter(this::isWanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the far side sells no such machine"));
    }

    /** What comes of an order. */
    protected final LaunchOutcome launch(LaunchOrder order) {
        return answer(account().launcher().launch(order));
    }

    /** Launches; the machine's id. */
    final ProviderInstanceId launched(LaunchOrder order) {
        return ((Accepted) launch(order)).instance();
    }

    /** The machine of this order, as soon as the list shows it so. */
    final ObservedInstance seen(LaunchOrder order, Predicate<ObservedInstance> so) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> listed(order).filter(so), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until the far side's books say that nothing of this order is alive. */
    final void awaitEnd(LaunchOrder order) {
        await().atMost(PATIENCE).until(() -> farSide().alive(order.token()) == 0);
    }

    final Optional<ObservedInstance> listed(LaunchOrder order) {
        return answer(account().inspector().list(order.owner())).instances().stream()
                .filter(machine -> order.token().equals(machine.token()))
                .findFirst();
    }

    private static LaunchToken newToken() {
        return new LaunchToken(
                "sp-" + UUID.randomUUID().toString().replace("-", "").substring(0, 24));
    }
}
