/** The service that spends people's money: it buys what tenants asked for, proves that it exists, and that it is gone. */
@NullMarked
package io.spotplane.provisioning;

import org.jspecify.annotations.NullMarked;
