package io.spotplane.providers.support;

import io.netty.channel.ChannelOption;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * HTTP clients for providers' APIs: connect within 5 s, answer within the caller's limit, bodies up to 16 MiB, no redirects (a redirect would carry the
 * credential elsewhere), and <em>no repetition</em>.
 */
public final class ProviderHttp {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Less than the minute after which load balancers silently drop an idle connection. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    private static final int LARGEST_BODY = 16 * 1024 * 1024;
    private static final int CONNECTIONS = 64;

    private final WebClient.Builder builder;

    /**
     * @param builder the application's, which brings its observations; it is copied, not changed
     */
    public ProviderHttp(WebClient.Builder builder) {
        this.builder = builder;
    }

    /**
     * A client for one endpoint.
     *
     * @param name names its connections in measures, such as {@code runpod}
     * @param base what the paths are relative to
     * @param answerWithin limit for the first byte of an answer after the request was sent; the call itself still needs its own time-out
     */
    public WebClient client(String name, URI base, Duration answerWithin) {
        return builder.clone()
                .baseUrl(base.toString())
                .clientConnector(new ReactorClientHttpConnector(transport(name, answerWithin)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_BODY))
                .build();
    }

    private static HttpClient transport(String name, Duration answerWithin) {
        return HttpClient.create(connections(name))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(CONNECT.toMillis()))
                .responseTimeout(answerWithin)
                // Reactor Netty repeats what it is sure not to have sent. Here nothing is repeated unseen: retrying
                // is the caller's, in one layer.
                .disableRetry(true)
                .followRedirect(false)
                .compress(true);
    }

    private static ConnectionProvider connections(String name) {
        return ConnectionProvider.builder("provider-" + name)
                .maxConnections(CONNECTIONS)
                .maxIdleTime(IDLE)
                .build();
    }
}
