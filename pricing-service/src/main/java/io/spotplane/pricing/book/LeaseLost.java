package io.spotplane.pricing.book;

/** The lease ran out and another replica took over: nothing was written, and nothing more may be. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** {@code lease} was refused. */
    public LeaseLost(Lease lease) {
        super("lease " + lease.token() + " of market " + lease.provider() + " is lost", null, false, false);
    }
}
