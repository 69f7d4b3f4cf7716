/** Where to launch next, and how good forecasts of reclaims are, on real traces. */
package io.spotplane.benchmarks.risk;
