package io.spotplane.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.journey.KafkaWitness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL, Redis and Kafka as the local stack runs them, killed with SIGKILL all at once. */
class DurabilityIT {

    private static final Ports PORTS = FreePorts.row();

    @TempDir
    private static Path directory;

    private static LocalStack stack;
    private static Secrets secrets;

    @BeforeAll
    static void up() throws Exception {
        var home = new Home(directory);
        secrets = LocalStack.secrets(home);
        stack = LocalStack.backingOnly(home, Checkout.find(), PORTS);
        System.out.printf("first start %d ms%n", stack.up(Progress.SILENT).toMillis());
    }

    @AfterAll
    static void down() throws Exception {
        stack.down(Progress.SILENT);
    }

    @Test
    void whatWasAcknowledgedSurvivesTheDeathOfEverything() throws Exception {
        // Given
        execute("create table wish (name text)", "insert into wish values ('train-1')");
        redis("SET offering l4-spot");
        createTopic("killed");
        send("killed", "before");
        // When
        stack.killAll();
        System.out.printf("start after kill %d ms%n", stack.up(Progress.SILENT).toMillis());
        // Then
        assertThat(query("select name from wish")).isEqualTo("train-1");
        assertThat(redis("GET offering")).contains("l4-spot");
        assertThat(keys("killed")).containsExactly("before");
    }

    @Test
    void whatWasAcknowledgedSurvivesDownAndUp() throws Exception {
        // Given
        execute("create table second_wish (name text)", "insert into second_wish values ('train-2')");
        redis("SET offering l40s-spot");
        createTopic("stopped");
        send("stopped", "first");
        // When
        stack.down(Progress.SILENT);
        stack.up(Progress.SILENT);
        send("stopped", "second");
        // Then
        assertThat(query("select name from second_wish")).isEqualTo("train-2");
        assertThat(redis("GET offering")).contains("l40s-spot");
        assertThat(keys("stopped")).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void postgresIsDurableAndAService_sRoleIsNoSuperuser() throws Exception {
        assertThat(query("show server_version")).startsWith("18");
        assertThat(query("show fsync")).isEqualTo("on");
        assertThat(query("show synchronous_commit")).isEqualTo("on");
        assertThat(query("show full_page_writes")).isEqualTo("on");
        assertThat(query("select rolsuper::text from pg_roles where rolname = current_user"))
                .isEqualTo("false");
    }

    @Test
    void redisWritesAnAppendOnlyFileAndWantsItsPassword() throws Exception {
        assertThat(redis("CONFIG GET appendonly")).contains("yes");
        assertThat(answer("GET offering\r\nQUIT\r\n")).contains("NOAUTH");
    }

    @Test
    void aKilledPartStartsAgainAlone() throws Exception {
        // Given
        var others = stack.pid("kafka").orElseThrow();
        // When
        stack.kill("redis");
        stack.start("redis");
        // Then
        assertThat(stack.status()).extracting(PartStatus::health).containsOnly(PartStatus.Health.READY);
        assertThat(stack.pid("kafka").orElseThrow()).isEqualTo(others);
    }

    private static Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + PORTS.postgres() + "/spotplane_pricing",
                "spotplane_pricing",
                secrets.of("postgres.pricing"));
    }

    private static void execute(String... statements) throws SQLException, IOException {
        try (var connection = connect()) {
            for (var statement : statements) {
                connection.createStatement().execute(statement);
            }
        }
    }

    private static String query(String sql) throws SQLException, IOException {
        try (var connection = connect();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String redis(String command) throws IOException {
        return answer("AUTH " + secrets.of("redis") + "\r\n" + command + "\r\nQUIT\r\n");
    }

    private static String answer(String commands) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORTS.redis())) {
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void createTopic(String topic) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
        }
    }

    private static void send(String topic, String key) {
        new KafkaWitness(bootstrap()).submit(topic, "test", UUID.randomUUID().toString(), key, "demo", "{}");
    }

    private static Set<String> keys(String topic) {
        return new KafkaWitness(bootstrap()).keys(topic);
    }

    private static String bootstrap() {
        return "127.0.0.1:" + PORTS.kafka();
    }
}
