package io.spotplane.pricing.recommendation.exact;

/**
 * A step of the proof that nothing is cheaper, in preorder: a branch is followed by the steps for its lower and then for its upper half. The
 * first step is about all whole numbers between 0 and the columns' upper bounds.
 */
public sealed interface Proof {

    /**
     * The box is cut in two: {@code column} at most {@code most}, and at least one more.
     *
     * @param column which, in the reduced program
     * @param most upper bound of the first half
     */
    record Branch(int column, int most) implements Proof {}

    /**
     * Nothing in the box costs less than what the multipliers prove.
     *
     * @param multipliers of the reduced program's rows
     */
    record Bounded(Multipliers multipliers) implements Proof {}

    /**
     * Nothing in the box keeps the rows: without costs, the multipliers prove more than 0.
     *
     * @param multipliers of the reduced program's rows
     */
    record Empty(Multipliers multipliers) implements Proof {}

    /** The box's lowest corner breaks the rule, and so does everything in it. */
    record AgainstRule() implements Proof {}
}
