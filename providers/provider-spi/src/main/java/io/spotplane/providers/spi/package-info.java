/**
 * What a provider can do, as small capabilities: sell ({@link io.spotplane.providers.spi.MarketData}), tell how its
 * auctions went ({@link io.spotplane.providers.spi.AuctionHistory}), launch and end
 * ({@link io.spotplane.providers.spi.InstanceLauncher}), be looked at ({@link io.spotplane.providers.spi.InstanceInspector}), warn
 * ({@link io.spotplane.providers.spi.InterruptionFeed}, {@link io.spotplane.providers.spi.InterruptionIntake}), and show its hosts
 * ({@link io.spotplane.providers.spi.HostInventory}, {@link io.spotplane.providers.spi.HostCatalog}). Services compile against these and meet the adapters at run
 * time. Of the services only provisioning imports {@code InstanceLauncher}: the part that spends money is visible in an import.
 */
@NullMarked
package io.spotplane.providers.spi;

import org.jspecify.annotations.NullMarked;
