package io.spotplane.providers.aws;

import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2AsyncClient;
import software.amazon.awssdk.services.ec2.Ec2AsyncClientBuilder;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The configured regions, each with its own client and breaker. Clients are made when first used. */
final class AwsRegions implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int CONNECTIONS_PER_ENDPOINT = 32;

    private final Map<String, AwsRegion> regions = new LinkedHashMap<>();
    private final Queue<SdkAutoCloseable> opened = new ConcurrentLinkedQueue<>();
    /** One for all regions: closing it takes seconds, which a stopping service has once but not for each region. */
    private final Mono<SdkAsyncHttpClient> transport =
            Mono.fromSupplier(this::openTransport).cache();

    private final AwsSettings settings;

    AwsRegions(AwsSettings settings, CallGuards guards, InstantSource time) {
        this.settings = settings;
        var faults = new AwsFaults(settings.redaction(), time);
        for (var name : settings.regions()) {
            regions.put(name, new AwsRegion(name, clientOf(name), guards.of(Aws.PROVIDER, name), faults));
        }
    }

    /** All of them, in the order of the settings. */
    Collection<AwsRegion> all() {
        return regions.values();
    }

    /** The region of this name; empty when it is not among the settings. */
    Optional<AwsRegion> named(String name) {
        return Optional.ofNullable(regions.get(name));
    }

    @Override
    public void close() {
        opened.forEach(SdkAutoCloseable::close);
    }

    private Mono<Ec2AsyncClient> clientOf(String region) {
        return transport
                .map(shared -> open(region, shared))
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }

    private SdkAsyncHttpClient openTransport() {
        SdkAsyncHttpClient client = NettyNioAsyncHttpClient.builder()
                .connectionTimeout(CONNECT)
                .connectionAcquisitionTimeout(CONNECT)
                .maxConcurrency(CONNECTIONS_PER_ENDPOINT)
                .build();
        opened.add(client);
        return client;
    }

    private Ec2AsyncClient open(String region, SdkAsyncHttpClient shared) {
        var client = endpoint(Ec2AsyncClient.builder()
                        .region(Region.of(region))
                        .credentialsProvider(credentials())
                        .overrideConfiguration(limits())
                        .httpClient(shared))
                .build();
        opened.add(client);
        return client;
    }

    private ClientOverrideConfiguration limits() {
        return ClientOverrideConfiguration.builder()
                .apiCallTimeout(settings.callTimeout())
                // Retrying is the caller's, in one layer only.
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build();
    }

    private Ec2AsyncClientBuilder endpoint(Ec2AsyncClientBuilder builder) {
        return settings.endpoint() == null ? builder : builder.endpointOverride(settings.endpoint());
    }

    private AwsCredentialsProvider credentials() {
        return pair(settings.accessKeyId(), settings.secretAccessKey());
    }

    private static AwsCredentialsProvider pair(@Nullable String id, @Nullable Secret secret) {
        return id == null || secret == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret.reveal()));
    }
}
