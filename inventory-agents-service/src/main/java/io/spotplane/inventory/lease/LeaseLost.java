package io.spotplane.inventory.lease;

/** Another replica has the lease by now; the work under it must not count. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost(Lease lease) {
        super("the lease of " + lease.duty() + " was lost");
    }
}
