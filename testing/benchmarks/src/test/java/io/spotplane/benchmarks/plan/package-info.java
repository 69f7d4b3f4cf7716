/** Purchase plans: ours beside brute force, a general solver, greed and the former builder's rules of thumb. */
package io.spotplane.benchmarks.plan;
