package io.spotplane.inventory.merged;

import io.spotplane.providers.spi.HostCatalog.CatalogHost;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pool a host is in. First the reasons why it is not for sale, in the order in which the operators' former tool decided; then its
 * aggregates, the most special pool first.
 */
enum StockRule {
    /** The catalogue knows it as planned, failed, in storage … */
    NETBOX_NON_ACTIVE {
        @Override
        boolean applies(Evidence host) {
            return host.device() != null && !host.device().status().equals("active");
        }
    },
    /** No aggregate sells it. */
    NOT_IN_OPENSTACK {
        @Override
        boolean applies(Evidence host) {
            return host.pools().isEmpty();
        }
    },
    /** It is in a pool for tests or one that is out of stock by name. */
    IN_TEMPEST {
        @Override
        boolean applies(Evidence host) {
            return host.pools().contains(Pool.OUT_OF_STOCK);
        }
    },
    /** An operator took it out of scheduling. */
    COMPUTE_DISABLED {
        @Override
        boolean applies(Evidence host) {
            return !host.hypervisor().status().equals("enabled");
        }
    },
    /** Nova does not hear from it. */
    COMPUTE_DOWN {
        @Override
        boolean applies(Evidence host) {
            return !host.hypervisor().state().equals("up");
        }
    };

    private static final List<Pool> MOST_SPECIAL_FIRST =
            List.of(Pool.RUNPOD, Pool.SPOT, Pool.CONTRACT, Pool.ON_DEMAND, Pool.OTHER);

    abstract boolean applies(Evidence host);

    /** The first reason why it is not for sale; empty when it is. */
    static Optional<StockRule> outOfStock(Evidence host) {
        return List.of(values()).stream().filter(rule -> rule.applies(host)).findFirst();
    }

    /** The pool of a host that is for sale. */
    static Pool poolOf(Evidence host) {
        return MOST_SPECIAL_FIRST.stream()
                .filter(host.pools()::contains)
                .findFirst()
                .orElse(Pool.OTHER);
    }

    /** What is known of one host. */
    record Evidence(Hypervisor hypervisor, @Nullable CatalogHost device, Set<Pool> pools) {}
}
