/**
 * Brings what is in line with what is wanted, in small steps that look, decide and apply and may run any number of times: end what is
 * unwanted, place, launch and ask for ends per request; look, confirm and reap per provider account. Remote calls happen outside
 * transactions; every write names its lease and is decided on what is true at that moment.
 */
@NullMarked
package io.spotplane.provisioning.reconcile;

import org.jspecify.annotations.NullMarked;
