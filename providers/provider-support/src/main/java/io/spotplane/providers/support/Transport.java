package io.spotplane.providers.support;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import reactor.pool.PoolAcquireTimeoutException;

/** Tells apart whether a failed call ever left: the difference between "order again" and "nobody knows". */
public final class Transport {

    private static final int DEEPEST = 10;

    private Transport() {}

    /** Whether {@code failure} proves that no request was sent: no address, no connection, no handshake. When in doubt, false. */
    public static boolean neverSent(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, cause -> cause != null, cause -> cause.getCause())
                .limit(DEEPEST)
                .anyMatch(Transport::isBeforeSending);
    }

    private static boolean isBeforeSending(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnresolvedAddressException
                || cause instanceof SSLHandshakeException
                || cause instanceof PoolAcquireTimeoutException;
    }
}
