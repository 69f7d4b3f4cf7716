/**
 * RunPod by its GraphQL and REST v2 interfaces over the same pods, with an account whose balance runs down.
 */
@NullMarked
package io.spotplane.simulator.runpod;

import org.jspecify.annotations.NullMarked;
