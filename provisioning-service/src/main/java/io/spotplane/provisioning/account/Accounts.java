package io.spotplane.provisioning.account;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.Provider;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The accounts at which machines can be bought. */
public final class Accounts {

    private final Map<String, Account> byProvider = new TreeMap<>();

    public Accounts(Collection<Account> accounts) {
        accounts.forEach(account -> byProvider.put(account.provider(), account));
    }

    /**
     * The accounts of all providers that can launch.
     *
     * @throws IllegalStateException when one can launch and not be looked at: its machines could never be proved
     */
    public static Accounts of(
            List<InstanceLauncher> launchers,
            List<InstanceInspector> inspectors,
            List<InterruptionFeed> feeds,
            AccountSettings settings) {
        return new Accounts(launchers.stream()
                .map(launcher -> new Account(
                        launcher, required(inspectors, launcher), find(feeds, launcher.provider()), settings))
                .toList());
    }

    /** The account at {@code provider}; empty when there is none (any more). */
    public Optional<Account> at(String provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }

    /** All of them. */
    public Collection<Account> all() {
        return byProvider.values();
    }

    /** The providers' names. */
    public Set<String> providers() {
        return byProvider.keySet();
    }

    private static InstanceInspector required(List<InstanceInspector> inspectors, InstanceLauncher launcher) {
        var inspector = find(inspectors, launcher.provider());
        if (inspector == null) {
            throw new IllegalStateException(
                    launcher.provider() + " can launch but has no InstanceInspector, expected both");
        }
        return inspector;
    }

    private static <P extends Provider> @Nullable P find(List<P> capabilities, String provider) {
        return capabilities.stream()
                .filter(capability -> capability.provider().equals(provider))
                .findFirst()
                .orElse(null);
    }
}
