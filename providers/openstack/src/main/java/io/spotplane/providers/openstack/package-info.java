/**
 * OpenStack as a source of hosts: Keystone for tokens, Nova for aggregates, hypervisors and servers. Reads only. Wire facts: Keystone API v3, Nova API with
 * microversion 2.53 (hypervisors still carry their capacity, ids are UUIDs, servers embed their flavor).
 */
@NullMarked
package io.spotplane.providers.openstack;

import org.jspecify.annotations.NullMarked;
