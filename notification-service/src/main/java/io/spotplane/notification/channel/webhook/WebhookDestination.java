package io.spotplane.notification.channel.webhook;

import io.spotplane.notification.NotificationSettings;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where webhooks may go: outside of our own networks, over TLS, on the usual ports. Looked at when a subscription is made and again,
 * by address, at each connection, because names change what they mean.
 */
@Component
public class WebhookDestination {

    private static final Duration RESOLVE_LIMIT = Duration.ofSeconds(5);
    private static final Set<Integer> PORTS = Set.of(-1, 443, 8443);
    private static final int MAX_LENGTH = 2_000;

    private final boolean internal;

    WebhookDestination(NotificationSettings settings) {
        internal = settings.allowInternalAddresses();
    }

    /** Addresses that may be connected to. */
    InetAddressFilter addresses() {
        return internal ? InetAddressFilter.all() : InetAddressFilter.externalAddresses();
    }

    /** Why {@code url} cannot be a destination; empty when it can. Asks the name service, not on the caller's thread. */
    public Mono<Optional<String>> objectionTo(String url) {
        var objection = objectionToForm(url);
        if (objection != null) {
            return Mono.just(Optional.of(objection));
        }
        return internal
                ? Mono.just(Optional.empty())
                : objectionToAddresses(URI.create(url).getHost());
    }

    private @Nullable String objectionToForm(String url) {
        if (url.length() > MAX_LENGTH) {
            return "has " + url.length() + " characters, expected at most " + MAX_LENGTH;
        }
        try {
            return objectionToParts(new URI(url));
        } catch (URISyntaxException e) {
            return "is no URL: " + e.getReason();
        }
    }

    private @Nullable String objectionToParts(URI url) {
        if (!"https".equals(url.getScheme()) && !(internal && "http".equals(url.getScheme()))) {
            return "expected a URL that begins with https://";
        }
        if (url.getHost() == null) {
            return "has no host";
        }
        if (url.getUserInfo() != null) {
            return "has user information, expected none: the signature proves who sends";
        }
        if (url.getFragment() != null) {
            return "has a fragment, expected none";
        }
        if (!internal && !PORTS.contains(url.getPort())) {
            return "has port " + url.getPort() + ", expected 443 or 8443";
        }
        return null;
    }

    private Mono<Optional<String>> objectionToAddresses(String host) {
        return Mono.fromCallable(() -> resolve(host))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(RESOLVE_LIMIT, Mono.just(List.of()))
                .map(this::objectionToAddresses);
    }

    private Optional<String> objectionToAddresses(List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            return Optional.of("its host cannot be resolved");
        }
        return addresses.stream().allMatch(addresses()::matches)
                ? Optional.empty()
                : Optional.of("its host is an internal address, expected a public one");
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
