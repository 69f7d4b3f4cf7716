/**
 * RunPod: spot pods and the account's balance by GraphQL, on-demand pods and everything that is seen or ended by REST v2 (spot exists in GraphQL alone,
 * balance too). {@link io.spotplane.providers.runpod.RunPodFaults} is the only file that knows RunPod's codes and sentences;
 * {@link io.spotplane.providers.runpod.RunPodApi} the only one that calls.
 */
@NullMarked
package io.spotplane.providers.runpod;

import org.jspecify.annotations.NullMarked;
