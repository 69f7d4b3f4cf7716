package io.spotplane.kafka;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Up when the cluster says who it is within two seconds. Boot has none, and would call a service healthy that nobody can hear.
 * Boot calls it on a thread that may block.
 */
final class KafkaHealthIndicator extends AbstractHealthIndicator implements DisposableBean {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final KafkaAdmin settings;
    private @Nullable Admin admin;

    KafkaHealthIndicator(KafkaAdmin settings) {
        super("Kafka does not answer");
        this.settings = settings;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) throws Exception {
        var cluster = connected().describeCluster(new DescribeClusterOptions().timeoutMs((int) LIMIT.toMillis()));
        var nodes = cluster.nodes().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        health.up().withDetail("brokers", nodes.size());
    }

    /** One client for all checks, made at the first. */
    private synchronized Admin connected() {
        if (admin == null) {
            admin = Admin.create(settings.getConfigurationProperties());
        }
        return admin;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
