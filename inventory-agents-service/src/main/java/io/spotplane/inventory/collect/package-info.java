/** The agents: what is looked at, through the SPI, without knowing which provider is behind it. */
@NullMarked
package io.spotplane.inventory.collect;

import org.jspecify.annotations.NullMarked;
