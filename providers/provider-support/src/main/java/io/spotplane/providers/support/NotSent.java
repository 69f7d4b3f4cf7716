package io.spotplane.providers.support;

/** The guard kept a call back. Nothing left this process, so that it may be made again later without any doubt. */
final class NotSent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotSent(String why, Throwable cause) {
        super(why, cause, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
