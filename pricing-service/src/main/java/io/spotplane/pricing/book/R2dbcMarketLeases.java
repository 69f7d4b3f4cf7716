package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.outbox.Outbox;
import io.spotplane.pricing.announce.Announcements;
import io.spotplane.pricing.offering.MarketReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@Repository
class R2dbcMarketLeases implements MarketLeases {

    private static final Duration LEAST_WAIT = Duration.ofMillis(100);

    private static final String INTRODUCE = "INSERT INTO market (provider) VALUES (:provider) ON CONFLICT DO NOTHING";

    private static final String TAKE = """
            UPDATE market
               SET lease_owner = :owner,
                   lease_token = lease_token + 1,
                   lease_expires = clock_timestamp() + make_interval(secs => :term),
                   due_at = clock_timestamp() + make_interval(secs => :every),
                   round_began = clock_timestamp()
             WHERE provider = :provider AND lease_expires <= clock_timestamp() AND due_at <= clock_timestamp()
            RETURNING lease_token, version, report::text AS report""";

    private static final String WAIT = """
            SELECT extract(epoch FROM greatest(due_at, lease_expires) - clock_timestamp())::double precision AS seconds
              FROM market WHERE provider = :provider""";

    private static final String GIVE_BACK = """
            UPDATE market
               SET lease_owner = NULL,
                   lease_expires = clock_timestamp(),
                   due_at = greatest(due_at, clock_timestamp() + make_interval(secs => :pause)),
                   paused_until = clock_timestamp() + make_interval(secs => :pause),
                   report = CAST(:report AS jsonb)
             WHERE provider = :provider AND lease_token = :token""";

    private static final String FORCE = """
            WITH asked AS (
                SELECT provider, round_began, lease_expires > clock_timestamp() AS running,
                       extract(epoch FROM greatest(round_began + make_interval(secs => :least), paused_until)
                                          - clock_timestamp())::double precision AS wait
                  FROM market WHERE provider = :provider FOR UPDATE
            ), forced AS (
                UPDATE market SET due_at = clock_timestamp()
                  FROM asked
                 WHERE market.provider = asked.provider AND NOT running AND wait <= 0
            )
            SELECT round_began, running, wait FROM asked""";

    private static final String GIVE_BACK_ALL = """
            UPDATE market
               SET lease_owner = NULL, lease_expires = clock_timestamp(), due_at = clock_timestamp()
             WHERE lease_owner = :owner""";

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Outbox outbox;
    private final JsonMapper json;

    R2dbcMarketLeases(DatabaseClient database, TransactionalOperator transaction, Outbox outbox, BookJson bookJson) {
        this.database = database;
        this.transaction = transaction;
        this.outbox = outbox;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<LeaseAttempt> take(String provider, String owner, Duration every, Duration term) {
        return introduce(provider)
                .then(tryTake(provider, owner, every, term))
                .<LeaseAttempt>map(LeaseAttempt.Taken::new)
                .switchIfEmpty(Mono.defer(() -> untilDue(provider, every)));
    }

    private Mono<Long> introduce(String provider) {
        return database.sql(INTRODUCE).bind("provider", provider).fetch().rowsUpdated();
    }

    private Mono<Lease> tryTake(String provider, String owner, Duration every, Duration term) {
        return database.sql(TAKE)
                .bind("provider", provider)
                .bind("owner", owner)
                .bind("every", seconds(every))
                .bind("term", seconds(term))
                .map(row -> lease(provider, term, row))
                .one();
    }

    private Lease lease(String provider, Duration term, Readable row) {
        return new Lease(
                provider,
                Objects.requireNonNull(row.get("lease_token", Long.class)),
                Objects.requireNonNull(row.get("version", Long.class)),
                report(row.get("report", String.class)),
                term);
    }

    private @Nullable MarketReport report(@Nullable String stored) {
        return stored == null ? null : json.readValue(stored, MarketReport.class);
    }

    /** Never longer than the market's own rhythm, so that a replica that died is soon replaced. */
    private Mono<LeaseAttempt> untilDue(String provider, Duration every) {
        return database.sql(WAIT)
                .bind("provider", provider)
                .map(row -> Objects.requireNonNull(row.get("seconds", Double.class)))
                .one()
                .map(seconds -> new LeaseAttempt.NotYet(between(LEAST_WAIT, seconds, every)));
    }

    private static Duration between(Duration least, double seconds, Duration most) {
        return Duration.ofMillis(Math.clamp(Math.round(seconds * 1000), least.toMillis(), most.toMillis()));
    }

    @Override
    public Mono<Void> giveBack(Lease lease, MarketReport report, Duration pause) {
        return database.sql(GIVE_BACK)
                .bind("provider", lease.provider())
                .bind("token", lease.token())
                .bind("report", json.writeValueAsString(report))
                .bind("pause", seconds(pause))
                .fetch()
                .rowsUpdated()
                .flatMap(rows -> rows == 1 ? announce(report) : Mono.error(new LeaseLost(lease)))
                .as(transaction::transactional);
    }

    /** What did not change is announced by no other event; only this one tells its buyers that its price still holds. */
    private Mono<Void> announce(MarketReport report) {
        return report.error() != null || report.asOf() == null
                ? Mono.empty()
                : outbox.append(List.of(Announcements.swept(report.provider(), report.asOf(), report.offerings())));
    }

    @Override
    public Mono<Forcing> force(String provider, Duration leastPause) {
        return database.sql(FORCE)
                .bind("provider", provider)
                .bind("least", seconds(leastPause))
                .map(R2dbcMarketLeases::forcing)
                .one();
    }

    private static Forcing forcing(Readable row) {
        if (Boolean.TRUE.equals(row.get("running", Boolean.class))) {
            return new Forcing.Running(Objects.requireNonNull(row.get("round_began", Instant.class)));
        }
        double wait = Objects.requireNonNull(row.get("wait", Double.class));
        return wait <= 0 ? new Forcing.Due() : new Forcing.TooSoon(Duration.ofMillis((long) Math.ceil(wait * 1000)));
    }

    @Override
    public Mono<Void> giveBackAll(String owner) {
        return database.sql(GIVE_BACK_ALL)
                .bind("owner", owner)
                .fetch()
                .rowsUpdated()
                .then();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
