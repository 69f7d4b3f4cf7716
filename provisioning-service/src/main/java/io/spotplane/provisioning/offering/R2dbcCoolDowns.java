package io.spotplane.provisioning.offering;

import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@Repository
class R2dbcCoolDowns implements CoolDowns {

    private static final String ADD = """
            INSERT INTO cool_down (scope, key, until, reason, message) VALUES (:scope, :key, :until, :reason, :message)
            ON CONFLICT (scope, key) DO UPDATE
                SET until = excluded.until, reason = excluded.reason, message = excluded.message
            WHERE cool_down.until < excluded.until""";

    private static final String ACTIVE = "SELECT scope, key, until, reason, message FROM cool_down WHERE until > :now";

    private final DatabaseClient database;

    R2dbcCoolDowns(DatabaseClient database) {
        this.database = database;
    }

    @Override
    public Mono<Void> add(List<CoolDown> coolDowns) {
        return Flux.fromIterable(coolDowns).concatMap(this::add).then();
    }

    @Override
    public Flux<CoolDown> active(Instant now) {
        return database.sql(ACTIVE)
                .bind("now", now.atOffset(ZoneOffset.UTC))
                .map(R2dbcCoolDowns::read)
                .all();
    }

    private Mono<Void> add(CoolDown coolDown) {
        return database.sql(ADD)
                .bind("scope", coolDown.scope().name())
                .bind("key", coolDown.key())
                .bind("until", coolDown.until().atOffset(ZoneOffset.UTC))
                .bind("reason", coolDown.reason())
                .bind("message", coolDown.message())
                .then();
    }

    private static CoolDown read(Readable row) {
        return new CoolDown(
                CoolDown.Scope.valueOf(text(row, "scope")),
                text(row, "key"),
                Objects.requireNonNull(row.get("until", OffsetDateTime.class)).toInstant(),
                text(row, "reason"),
                text(row, "message"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }
}
