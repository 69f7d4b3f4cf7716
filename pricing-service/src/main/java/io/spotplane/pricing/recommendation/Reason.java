package io.spotplane.pricing.recommendation;

/** Why an offering is in the plan or not, with what the number beside it says. */
public enum Reason {
    /** In the plan. Number: machines. */
    CHOSEN,
    /** Its provider was not asked for. */
    OTHER_PROVIDER,
    /** Its region was not asked for. */
    OTHER_REGION,
    /** Spot where on demand was asked for, or the other way round. */
    OTHER_CAPACITY_TYPE,
    /** Its type's name does not begin with a class that was asked for. */
    OTHER_CLASS,
    /** Its generation is another one, or its name tells none. Number: its generation, 0 for none. */
    OTHER_GENERATION,
    /** It has none of the GPUs that were asked for. */
    OTHER_GPU,
    /** Number: its GPUs. */
    OTHER_GPU_COUNT,
    /** Number: its vCPUs. */
    TOO_FEW_VCPUS,
    /** Number: its memory in MiB. */
    TOO_LITTLE_MEMORY,
    /** Its price is 0, which nobody can honestly mean. */
    NO_PRICE,
    /** Its provider says that there is none. */
    SOLD_OUT,
    /** Number: what it is billed an hour. */
    TOO_DEAR,
    /** Number: what each of its GPUs is billed an hour. */
    GPU_TOO_DEAR,
    /** The least bid above its market is more than a machine may cost. Number: that bid. */
    BID_TOO_DEAR,
    /** One machine is more than may be in one place. */
    TOO_LARGE_FOR_SPREAD,
    /** Others are at least as cheap and in nothing worse, and have room for everything. Number: what it costs more an hour than the first. */
    OUTDONE,
    /** It could be in a plan. Number: how much dearer an hour every plan with it is at least; 0 where that was not settled. */
    NOT_NEEDED,
    /** There is no plan at all within the limits, or none was found within the time. */
    NO_PLAN
}
