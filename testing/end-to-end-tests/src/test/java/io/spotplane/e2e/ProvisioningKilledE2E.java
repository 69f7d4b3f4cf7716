package io.spotplane.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.stack.journey.Weather;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * provisioning-service dies by SIGKILL at the three worst moments. The provider's ledger is the witness: one machine, owned, and gone
 * after deletion. {@code aws} remembers client tokens, {@code runpod} does not: both ways of resolving an unread answer are tried.
 */
@ExtendWith(OneStack.class)
class ProvisioningKilledE2E {

    private static final String SERVICE = "provisioning-service";
    private static final Duration SOON = Duration.ofSeconds(60);

    private RunningStack stack;
    private Weather provider;
    private Requests requests;
    private Set<String> before;
    private @Nullable String request;

    @BeforeEach
    void takeStock(RunningStack running) {
        stack = running;
        provider = running.weather();
        requests = new Requests(running.operatorOf("killed"));
        before = ids(provider.ledger());
    }

    /** Also after a failure: what is left over would be counted by the next test. */
    @AfterEach
    void leaveNothing() {
        provider.clear();
        if (request != null && !requests.phase(request).equals("TERMINATED")) {
            requests.delete(request);
            requests.awaitPhase(request, "TERMINATED");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "runpod"})
    void killedBetweenIntentAndAnswerItBuysNoSecondMachine(String name) throws Exception {
        // Given a provider that acts at once and answers late
        rule(name, launchOf(name), "ACT_AND_DELAY", 20_000);
        request = requests.wishFor(name);
        await("the provider to act").atMost(SOON).until(() -> made().size() == 1);
        // When
        stack.processes().kill(SERVICE);
        provider.clear();
        stack.processes().start(SERVICE);
        // Then
        oneMachineServes(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "runpod"})
    void killedBeforeTheProviderActsItBuysNoSecondMachine(String name) throws Exception {
        // Given a provider that takes the order, lets it lie, and acts when the buyer is dead
        rule(name, launchOf(name), "DELAY", 3_000);
        var calls = provider.calls(name, launchOf(name));
        request = requests.wishFor(name);
        await("the order to be at the provider").atMost(SOON).until(() -> provider.calls(name, launchOf(name)) > calls);
        assertThat(made()).isEmpty();
        // When
        stack.processes().kill(SERVICE);
        await("the provider to act").atMost(SOON).until(() -> made().size() == 1);
        provider.clear();
        stack.processes().start(SERVICE);
        // Then
        oneMachineServes(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "runpod"})
    void killedBetweenAnswerAndSaveItBuysNoSecondMachine(String name) throws Exception {
        // Given an answer that comes while the table of instances is locked, so that nothing can be saved
        rule(name, launchOf(name), "ACT_AND_DELAY", 3_000);
        request = requests.wishFor(name);
        await("the provider to act").atMost(SOON).until(() -> made().size() == 1);
        try (var database = database()) {
            lockInstances(database);
            await("the save to wait for the lock").atMost(SOON).until(() -> someoneWaits(database));
            // When
            stack.processes().kill(SERVICE);
            database.rollback();
        }
        provider.clear();
        stack.processes().start(SERVICE);
        // Then
        oneMachineServes(request);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "runpod"})
    void killedWhileItConfirmsItStillSeesTheOneMachine(String name) throws Exception {
        // Given lists that take long
        rule(name, listOf(name), "DELAY", 4_000);
        request = requests.wishFor(name);
        await("the order to be accepted")
                .atMost(SOON)
                .until(() -> requests.instances(request).stream()
                        .anyMatch(instance -> instance.path("phase").asString().equals("LAUNCHING")));
        // When
        stack.processes().kill(SERVICE);
        provider.clear();
        stack.processes().start(SERVICE);
        // Then
        oneMachineServes(request);
    }

    private void oneMachineServes(@Nullable String wish) {
        var request = requireNonNull(wish);
        requests.awaitPhase(request, "READY");
        assertThat(made()).as("machines ever made for the request").hasSize(1);
        assertThat(requests.instances(request).stream()
                        .filter(instance -> instance.path("phase").asString().equals("READY"))
                        .map(instance -> instance.path("providerInstanceId").asString()))
                .as("machines that the request owns")
                .containsExactlyElementsOf(ids(made()));
        requests.delete(request);
        requests.awaitPhase(request, "TERMINATED");
        assertThat(made())
                .as("machines ever made for the request, when it is over")
                .hasSize(1)
                .noneMatch(machine -> machine.path("live").asBoolean());
    }

    private List<JsonNode> made() {
        return provider.ledger().stream()
                .filter(machine -> !before.contains(machine.path("id").asString()))
                .toList();
    }

    private static Set<String> ids(List<JsonNode> machines) {
        return machines.stream()
                .map(machine -> machine.path("id").asString())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void rule(String name, String operation, String behaviour, int delayMs) {
        provider.command("rules", """
                {"provider":"%s","operation":"%s","behaviour":"%s","delayMs":%d}""".formatted(name, operation, behaviour, delayMs));
    }

    private static String launchOf(String name) {
        return name.equals("aws") ? "RunInstances" : "podRentInterruptable";
    }

    private static String listOf(String name) {
        return name.equals("aws") ? "DescribeInstances" : "GET /v2/pods";
    }

    private Connection database() throws SQLException {
        var connection = stack.databaseOf("provisioning");
        connection.setAutoCommit(false);
        return connection;
    }

    private static void lockInstances(Connection database) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute("lock table instance in exclusive mode");
        }
    }

    private static boolean someoneWaits(Connection database) throws SQLException {
        try (var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from pg_locks where not granted and relation = 'instance'::regclass")) {
            rows.next();
            return rows.getInt(1) > 0;
        }
    }
}
