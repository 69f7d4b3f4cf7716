package io.spotplane.provisioning.holding;

import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.wanted;
import static io.spotplane.testing.BackingService.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.outbox.NewEvent;
import io.spotplane.outbox.Outbox;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.provisioning.document.Documents;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.LaunchTokens;
import io.spotplane.provisioning.instance.Launching;
import io.spotplane.provisioning.instance.Order;
import io.spotplane.provisioning.instance.Reason;
import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.offering.CoolDowns;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Infrastructure(POSTGRES)
class R2dbcBookIT {

    private static final Duration LEASE = Duration.ofMillis(400);
    private static ConnectionFactory connections;

    private final List<NewEvent<?>> announced = new ArrayList<>();
    private final Outbox outbox = events -> Mono.fromRunnable(() -> announced.addAll(events));
    private final WakeUps wakeUps = new WakeUps();
    private final Book book = book("me");
    private final CapacityRequest request = request("acme", null);

    @BeforeAll
    static void migrate(PostgresServer postgres) {
        Flyway.configure()
                .dataSource(postgres.dataSource())
                .locations("classpath:db/migration")
                .load()
                .migrate();
        connections = ConnectionFactories.get(ConnectionFactoryOptions.parse(postgres.r2dbcUrl())
                .mutate()
                .option(ConnectionFactoryOptions.USER, postgres.user())
                .option(ConnectionFactoryOptions.PASSWORD, postgres.password())
                .build());
    }

    @BeforeEach
    void open() {
        assertThat(book.open(request).block()).isTrue();
    }

    @Test
    void whatIsWrittenDownIsReadBackTheSame() {
        // Given
        var instance = intent();
        // When
        var written = book.change(request.id(), adding(instance)).block();
        // Then
        assertThat(book.read(request.id()).block()).isEqualTo(written);
        assertThat(book.withTokens(List.of(instance.order().token().value()))
                        .collectList()
                        .block())
                .containsExactly(instance);
        assertThat(book.holdingAt("aws").collectList().block()).contains(request.id());
        assertThat(announced).hasSize(3);
    }

    @Test
    void whatIsClosedLeavesTheHandAndItsCostStays() {
        // Given
        var instance = intent();
        var running = ordered(instance);
        book.change(request.id(), adding(instance)).block();
        book.change(request.id(), replacing(running)).block();
        assertThat(book.withMachine("aws", "i-" + instance.id()).block()).isNotNull();
        // When
        var launching = (Launching) running.state();
        var gone = launching.terminate(Reason.REQUEST_DELETED, "", NOW).provedGone();
        book.change(request.id(), replacing(running.become(gone, NOW.plusSeconds(1800))))
                .block();
        // Then
        var held = book.read(request.id()).block();
        assertThat(held.instances()).isEmpty();
        assertThat(held.spent(Instant.now())).isEqualByComparingTo(Money.usd("0.40"));
        assertThat(book.withMachine("aws", "i-" + instance.id()).block())
                .as("still found by its machine")
                .isNotNull();
    }

    @Test
    void oneLeaseAtATimeAndTheNextAfterItHasRunOut() {
        // Given
        var grip = book.take(request.id()).block();
        // Then
        assertThat(book("other").take(request.id()).block()).isNull();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> book("other")
                        .takeDue(1_000)
                        .any(taken -> taken.requestId().equals(request.id()))
                        .block());
        assertThat(book.extend(grip).block()).isFalse();
    }

    @Test
    void whoLostTheLeaseWritesNothing() {
        // Given
        var lost = book.take(request.id()).block();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> book("other").take(request.id()).blockOptional().isPresent());
        // When
        var written = book.change(lost, adding(intent())).block();
        // Then
        assertThat(written).isNull();
        assertThat(book.read(request.id()).block().instances()).isEmpty();
    }

    @Test
    void aChangeFromOutsideMakesTheNextLookDueEvenWhileSomebodyWorks() {
        // Given
        var grip = book.take(request.id()).block();
        // When
        book.change(request.id(), (held, _) -> Decision.of(held)).block();
        book.release(grip, Instant.now().plus(Duration.ofHours(1))).block();
        // Then
        assertThat(book.takeDue(1_000).map(Grip::requestId).collectList().block())
                .contains(request.id());
    }

    @Test
    void everyChangeFromOutsideWakesTheReconcilerAfterItsCommit() {
        // Given
        var woken = new ArrayList<UUID>();
        var subscription = wakeUps.requests().subscribe(woken::add);
        // When
        book.change(request.id(), (held, _) -> Decision.of(held)).block();
        // Then
        assertThat(woken).containsExactly(request.id());
        subscription.dispose();
    }

    @Test
    void aNameIsTakenAmongTheTenantsLiveRequestsOnly() {
        // Given
        var first = request("names", "train");
        assertThat(book.open(first).block()).isTrue();
        // Then
        assertThat(book.open(request("names", "train")).block()).isFalse();
        assertThat(book.open(request("others", "train")).block()).isTrue();
        // When
        book.change(
                        first.id(),
                        (held, now) -> Decision.of(held.with(held.request().end(Ending.Cause.DELETED, now))))
                .block();
        // Then
        assertThat(book.open(request("names", "train")).block()).isTrue();
    }

    @Test
    void decisionsOnOneRequestAreTakenOneAfterTheOther() {
        // When
        Flux.range(0, 20)
                .flatMap(_ -> book.change(
                        request.id(),
                        (held, now) ->
                                held.instances().isEmpty() ? adding(intent()).on(held, now) : Decision.of(held)))
                .blockLast();
        // Then
        assertThat(book.read(request.id()).block().instances()).hasSize(1);
    }

    @Test
    void aFailureInTheMiddleLeavesNothing() {
        // Given
        var broken = book("me", events -> Mono.error(new IllegalStateException("no outbox")));
        // When
        var failure =
                broken.change(request.id(), adding(intent())).materialize().block();
        // Then
        assertThat(failure.getThrowable()).hasMessage("no outbox");
        assertThat(book.read(request.id()).block().instances()).isEmpty();
    }

    private static Decide adding(Instance instance) {
        return (held, _) -> Decision.of(held.adding(instance));
    }

    private static Decide replacing(Instance instance) {
        return (held, _) -> Decision.of(held.with(instance));
    }

    private Instance intent() {
        var id = UUID.randomUUID();
        var offering = offering("a", "0.80");
        return Instance.intend(
                id,
                request.id(),
                "acme",
                new Order(LaunchTokens.of(id), offering, offering.billedPrice(), null),
                null,
                NOW);
    }

    private static Instance ordered(Instance instance) {
        var machine = new ProviderInstanceId("eu", "i-" + instance.id());
        var sent = ((Intended) instance.state()).sending(NOW, Duration.ofSeconds(10));
        return instance.become(sent, NOW).become(sent.accepted(machine, NOW), NOW);
    }

    private static CapacityRequest request(String tenant, String name) {
        return CapacityRequest.accept(
                UUID.randomUUID(),
                tenant,
                RequestKind.GPU,
                name,
                holding(wanted(1, null, null)).request().wanted(),
                "me",
                null,
                NOW);
    }

    private Book book(String owner) {
        return book(owner, outbox);
    }

    private Book book(String owner, Outbox announcing) {
        return new R2dbcBook(
                DatabaseClient.create(connections),
                TransactionalOperator.create(new R2dbcTransactionManager(connections)),
                announcing,
                new NoCoolDowns(),
                wakeUps,
                new Documents(),
                Instant::now,
                new BookMeters(new SimpleMeterRegistry()),
                owner,
                LEASE);
    }

    private record NoCoolDowns() implements CoolDowns {

        @Override
        public Mono<Void> add(List<CoolDown> coolDowns) {
            return Mono.empty();
        }

        @Override
        public Flux<CoolDown> active(Instant now) {
            return Flux.empty();
        }
    }
}
