package io.spotplane.provisioning.reconcile;

/** The process dies here. A virtual machine error, because nothing may catch it on its way out, Reactor included. */
final class Crash extends VirtualMachineError {

    private static final long serialVersionUID = 1L;

    Crash(String where) {
        super("crash " + where);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
