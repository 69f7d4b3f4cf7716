package io.spotplane.notification.channel.webhook;

import io.spotplane.notification.NotificationSettings;
import io.spotplane.notification.channel.AttemptOutcome;
import io.spotplane.notification.channel.Channel;
import io.spotplane.notification.channel.Message;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends Standard Webhooks. Only 2xx is success; redirects are not followed; of the answer's body at most 4 KiB are read, and
 * nothing of it is kept.
 */
@Component
class WebhookChannel implements Channel {

    private static final int GONE = 410;
    private static final Set<Integer> MAY_SAY_WHEN = Set.of(429, 502, 503, 504);
    private static final long MAX_ANSWER = 4 * 1024;
    private static final MediaType CLOUD_EVENT = MediaType.parseMediaType("application/cloudevents+json");
    private static final Pattern ADDRESS = Pattern.compile("\\[.*]|[0-9.]+");
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final WebClient client;
    private final InetAddressFilter addresses;
    private final Duration timeout;
    private final Clock clock;

    WebhookChannel(NotificationSettings settings, WebhookDestination destination, Clock clock) {
        this.timeout = settings.delivery().timeout();
        this.addresses = destination.addresses();
        this.client = client(settings.delivery(), addresses);
        this.clock = clock;
    }

    private static WebClient client(NotificationSettings.Delivery settings, InetAddressFilter addresses) {
        var connections = ConnectionProvider.builder("webhooks")
                .maxConnections(settings.inFlight())
                .maxIdleTime(IDLE)
                .pendingAcquireTimeout(settings.connectTimeout())
                .build();
        var http = HttpClientSettings.defaults()
                .withRedirects(HttpRedirects.DONT_FOLLOW)
                .withTimeouts(settings.connectTimeout(), settings.timeout())
                .withInetAddressFilter(addresses);
        return WebClient.builder()
                .clientConnector(ClientHttpConnectorBuilder.reactor()
                        .withHttpClientFactory(() -> HttpClient.create(connections))
                        .build(http))
                .build();
    }

    @Override
    public Mono<AttemptOutcome> send(Message message) {
        return Mono.fromCallable(() -> isFilteredLiteral(message))
                .flatMap(f -> f ? Mono.just(blocked()) : post(message))
                .timeout(timeout)
                .onErrorResume(fault -> Mono.just(outcomeOf(fault)));
    }

    /** An address that needs no resolving does not meet the connector's filter, which looks at what was resolved. */
    private boolean isFilteredLiteral(Message message) throws UnknownHostException {
        var host = message.to().getHost();
        return ADDRESS.matcher(host).matches() && !addresses.matches(InetAddress.getByName(host));
    }

    private Mono<AttemptOutcome> post(Message message) {
        var now = clock.instant();
        return client.post()
                .uri(message.to())
                .contentType(CLOUD_EVENT)
                .header(HttpHeaders.USER_AGENT, "spotplane-webhooks/1")
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header(
                        "webhook-signature",
                        WebhookSignature.of(message.secret(), message.id(), now, message.envelope()))
                .headers(headers -> addContext(headers, message))
                .bodyValue(message.envelope())
                .exchangeToMono(this::read);
    }

    private static void addContext(HttpHeaders headers, Message message) {
        if (message.traceparent() != null) {
            headers.set("traceparent", message.traceparent());
        }
        if (message.late()) {
            headers.set("spotplane-late", "true");
        }
    }

    private Mono<AttemptOutcome> read(ClientResponse answer) {
        var body = DataBufferUtils.takeUntilByteCount(answer.bodyToFlux(DataBuffer.class), MAX_ANSWER);
        return body.doOnNext(DataBufferUtils::release).then(Mono.fromSupplier(() -> outcomeOf(answer)));
    }

    private AttemptOutcome outcomeOf(ClientResponse answer) {
        int status = answer.statusCode().value();
        if (answer.statusCode().is2xxSuccessful()) {
            return new AttemptOutcome.Accepted(status);
        }
        return status == GONE ? new AttemptOutcome.Gone() : new AttemptOutcome.Refused(status, retryAfter(answer));
    }

    private Optional<Duration> retryAfter(ClientResponse answer) {
        var header = answer.headers().asHttpHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        return MAY_SAY_WHEN.contains(answer.statusCode().value())
                ? RetryAfter.read(header, clock.instant())
                : Optional.empty();
    }

    private AttemptOutcome outcomeOf(Throwable fault) {
        var causes = Stream.iterate(fault, cause -> cause != null, Throwable::getCause)
                .toList();
        if (causes.stream().anyMatch(WebhookChannel::isFiltered)) {
            return blocked();
        }
        if (causes.stream().anyMatch(WebhookChannel::isTimeout)) {
            return new AttemptOutcome.TimedOut(timeout);
        }
        var innermost = causes.getLast();
        return new AttemptOutcome.Unreachable(innermost.getClass().getSimpleName() + ": " + innermost.getMessage());
    }

    private static boolean isTimeout(Throwable cause) {
        return cause instanceof TimeoutException || cause instanceof io.netty.handler.timeout.TimeoutException;
    }

    /** Boot's exception for a host whose addresses are all filtered is not public. */
    private static boolean isFiltered(Throwable cause) {
        return cause.getClass().getSimpleName().equals("FilteredHostException");
    }

    private static AttemptOutcome blocked() {
        return new AttemptOutcome.Blocked("the address is internal; webhooks go to public addresses only");
    }
}
