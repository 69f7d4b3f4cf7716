/**
 * The laws of the SPI as tests. An adapter's module extends them ({@code class AwsContract { @Nested class Launching extends InstanceLauncherContract … }}) and
 * gives them an {@link io.spotplane.providers.contract.Account} to act on and a {@link io.spotplane.providers.contract.FarSide} to steer: the provider behind
 * it, whose books are the outside witness. What holds for every provider is proved here once; what only one provider does is tested in its own module.
 */
@NullMarked
package io.spotplane.providers.contract;

import org.jspecify.annotations.NullMarked;
