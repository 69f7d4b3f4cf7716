package io.spotplane.benchmarks.serving;

import io.spotplane.testing.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The same filter in PostgreSQL on loopback: typed columns in the collation of bytes, an index for every question in its order, statistics, prepared
 * statements on one connection that stays open. Answers with the documents, as a service would need them.
 */
final class InPostgres implements Answering, AutoCloseable {

    private static final String TABLE = """
            CREATE TABLE peer.listed (
                id text COLLATE "C" PRIMARY KEY, price bigint NOT NULL, price_per_gpu bigint, vcpu int NOT NULL, memory bigint NOT NULL,
                type text COLLATE "C" NOT NULL, gpu text, gpu_family text, gpu_count int NOT NULL, class text NOT NULL, generation int NOT NULL,
                region text NOT NULL, capacity text NOT NULL, document text NOT NULL)""";

    private static final List<String> INDEXES = List.of(
            "CREATE INDEX ON peer.listed (capacity, price, vcpu DESC, type, id)",
            "CREATE INDEX ON peer.listed (price, vcpu DESC, type, id)",
            "CREATE INDEX ON peer.listed (gpu, gpu_count, region, price, vcpu DESC, type, id)",
            "CREATE INDEX ON peer.listed (gpu_family, price_per_gpu, vcpu DESC, type, id)",
            "CREATE INDEX ON peer.listed (price_per_gpu)",
            "CREATE INDEX ON peer.listed (class, generation, region, price, vcpu DESC, type, id)",
            "CREATE INDEX ON peer.listed (vcpu, memory)",
            "CREATE INDEX ON peer.listed (memory)");

    private final Connection connection;
    private final Map<Question, PreparedStatement> statements = new HashMap<>();

    InPostgres(PostgresServer postgres, List<LinearScan.Row> rows) throws SQLException {
        connection = postgres.dataSource().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA peer");
            statement.execute(TABLE);
        }
        insert(rows);
        try (var statement = connection.createStatement()) {
            for (var index : INDEXES) {
                statement.execute(index);
            }
            statement.execute("VACUUM ANALYZE peer.listed");
        }
    }

    private void insert(List<LinearScan.Row> rows) throws SQLException {
        var json = JsonMapper.builder().build();
        connection.setAutoCommit(false);
        try (var insert = connection.prepareStatement(
                "INSERT INTO peer.listed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int waiting = 0;
            for (var row : rows) {
                boolean gpu = row.gpuCount() > 0;
                var values = new Object[] {
                    row.id(),
                    row.micros(),
                    gpu ? row.microsPerGpu() : null,
                    row.vcpu(),
                    row.memory(),
                    row.offering().instanceType(),
                    gpu ? row.gpu() : null,
                    gpu ? row.gpuFamily() : null,
                    row.gpuCount(),
                    row.machineClass(),
                    row.generation(),
                    row.offering().region(),
                    row.offering().capacityType().name(),
                    json.writeValueAsString(row.offering())
                };
                for (int at = 0; at < values.length; at++) {
                    insert.setObject(at + 1, values[at]);
                }
                insert.addBatch();
                if (++waiting % 5_000 == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    @Override
    public String name() {
        return "PostgreSQL, an index for each question";
    }

    @Override
    public List<String> answer(Question question) {
        try (var rows = statement(question).executeQuery()) {
            var ids = new ArrayList<String>();
            while (rows.next()) {
                ids.add(rows.getString(1));
                rows.getString(2);
            }
            return ids;
        } catch (SQLException fault) {
            throw new IllegalStateException(question.sql(), fault);
        }
    }

    private PreparedStatement statement(Question question) throws SQLException {
        var known = statements.get(question);
        if (known != null) {
            return known;
        }
        var prepared = connection.prepareStatement(
                "SELECT id, document FROM peer.listed WHERE " + question.sql() + " LIMIT " + Question.PAGE);
        statements.put(question, prepared);
        return prepared;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
