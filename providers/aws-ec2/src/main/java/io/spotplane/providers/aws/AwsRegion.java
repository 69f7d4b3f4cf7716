package io.spotplane.providers.aws;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import software.amazon.awssdk.services.ec2.Ec2AsyncClient;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/** EC2 in one region: every call goes through here, is guarded, and believed only when EC2 signed it with a request id. */
final class AwsRegion {

    private static final int MOST_PAGES = 1000;

    private final String name;
    private final Mono<Ec2AsyncClient> client;
    private final CallGuard guard;
    private final AwsFaults faults;

    /**
     * @param client made when first needed: a client costs a second of a cold start
     */
    AwsRegion(String name, Mono<Ec2AsyncClient> client, CallGuard guard, AwsFaults faults) {
        this.name = name;
        this.client = client;
        this.guard = guard;
        this.faults = faults;
    }

    String name() {
        return name;
    }

    /** Orders a machine; every failure becomes an outcome. */
    <T extends Ec2Response> Mono<LaunchOutcome> launch(
            LaunchToken token, Call<T> call, Function<T, LaunchOutcome> answered) {
        return ask(call)
                .map(answered)
                .onErrorResume(failure -> Mono.just(faults.judge(failure).ofLaunch(token)))
                .transform(guard.aroundLaunch("aws.RunInstances"));
    }

    /** Orders an end; every failure becomes an outcome. */
    <T extends Ec2Response> Mono<TerminateOutcome> terminate(Call<T> call) {
        return ask(call)
                .<TerminateOutcome>map(answer -> new TerminateOutcome.Accepted())
                .onErrorResume(failure -> Mono.just(faults.judge(failure).ofTerminate()))
                .transform(guard.aroundTerminate("aws.TerminateInstances"));
    }

    /** Reads once. */
    <T extends Ec2Response> Mono<T> read(String operation, Call<T> call) {
        return ask(call)
                .onErrorMap(failure -> faults.judge(failure).ofRead(Aws.PROVIDER, operation, null))
                .transform(guard.aroundRead("aws." + operation));
    }

    /**
     * Reads all pages, or fails.
     *
     * @param page the call for the page behind a token; null for the first page
     * @param next the token that an answer carries; null or empty after the last page
     */
    <T extends Ec2Response> Flux<T> pages(
            String operation, Function<@Nullable String, Call<T>> page, Function<T, @Nullable String> next) {
        return read(operation, page.apply(null))
                .expand(answer -> Mono.justOrEmpty(next.apply(answer))
                        .filter(token -> !token.isEmpty())
                        .flatMap(token -> read(operation, page.apply(token))))
                .index((index, answer) -> index < MOST_PAGES ? answer : endless(operation));
    }

    private <T extends Ec2Response> Mono<T> ask(Call<T> call) {
        return client.flatMap(ec2 -> Mono.fromFuture(() -> call.of(ec2)))
                // Reading credentials and marshalling may block.
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(AwsRegion::requireFromEc2);
    }

    private static void requireFromEc2(Ec2Response answer) {
        if ("UNKNOWN".equals(answer.responseMetadata().requestId())) {
            throw new AwsFaults.UnreadableAnswer();
        }
    }

    private static <T> T endless(String operation) {
        throw Verdict.of(Refusal.TRANSIENT, "ENDLESS", "more than " + MOST_PAGES + " pages")
                .ofRead(Aws.PROVIDER, operation, null);
    }

    /** A call of the SDK. */
    interface Call<T> {
        CompletableFuture<T> of(Ec2AsyncClient ec2);
    }
}
