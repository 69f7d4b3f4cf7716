/**
 * Amazon EC2 by its Query protocol: form in, XML out, a region per signature scope, spot and on-demand instances,
 * interruption warnings as EventBridge would push them.
 */
@NullMarked
package io.spotplane.simulator.ec2;

import org.jspecify.annotations.NullMarked;
