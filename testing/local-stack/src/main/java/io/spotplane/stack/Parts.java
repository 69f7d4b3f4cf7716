package io.spotplane.stack;

import io.spotplane.stack.app.BootService;
import io.spotplane.stack.app.ExtractedJar;
import io.spotplane.stack.app.Simulator;
import io.spotplane.stack.backing.Kafka;
import io.spotplane.stack.backing.Postgres;
import io.spotplane.stack.backing.Redis;
import io.spotplane.stack.process.JavaCommand;
import io.spotplane.stack.process.Part;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that the stack consists of. */
final class Parts {

    private final Home home;
    private final Checkout checkout;
    private final Ports ports;
    private final Secrets secrets;
    private final ServiceSettings settings;
    private final JavaCommand java;

    private Parts(Home home, Checkout checkout, Ports ports, Secrets secrets, JavaCommand java) {
        this.home = home;
        this.checkout = checkout;
        this.ports = ports;
        this.secrets = secrets;
        this.settings = new ServiceSettings(ports, secrets);
        this.java = java;
    }

    /**
     * Wave by wave: what is in one list starts at the same time. A service that meets its database and its broker ready wastes no time
     * on retries.
     */
    static List<List<Part>> waves(Home home, Checkout checkout, Ports ports, Secrets secrets, JavaCommand java)
            throws IOException {
        var parts = new Parts(home, checkout, ports, secrets, java);
        return List.of(parts.whatServicesNeed(), parts.services());
    }

    /** Only PostgreSQL, Redis and Kafka. */
    static List<List<Part>> backing(Home home, Checkout checkout, Ports ports, Secrets secrets, JavaCommand java)
            throws IOException {
        var parts = new Parts(home, checkout, ports, secrets, java);
        return List.of(List.of(parts.postgres(), parts.redis(), parts.kafka()));
    }

    private List<Part> whatServicesNeed() throws IOException {
        return List.of(postgres(), redis(), kafka(), simulator(), issuer());
    }

    private List<Part> services() throws IOException {
        return List.of(
                service("gateway", ports.gateway(), ports.gatewayManagement(), settings.gateway()),
                service("pricing-service", ports.pricing(), settings.pricing()),
                service("provisioning-service", ports.provisioning(), settings.provisioning()),
                service("inventory-agents-service", ports.inventory(), settings.inventory()),
                service("notification-service", ports.notification(), settings.notification()));
    }

    private Part postgres() throws IOException {
        var databases = new HashMap<String, String>();
        for (var service : List.of("pricing", "provisioning", "inventory", "notification")) {
            databases.put(ServiceSettings.databaseName(service), settings.databasePassword(service));
        }
        return new Postgres(
                ports.postgres(),
                home.programs().resolve("postgres-18"),
                home.data().resolve("postgres"),
                secrets.of("postgres.superuser"),
                databases);
    }

    private Part redis() throws IOException {
        return new Redis(
                ports.redis(), home.programs().resolve("redis"), home.data().resolve("redis"), secrets.of("redis"));
    }

    private Part kafka() {
        return new Kafka(ports.kafka(), ports.kafkaController(), home.data().resolve("kafka"), java);
    }

    private Part simulator() throws IOException {
        var intake = URI.create(ServiceSettings.http(ports.provisioning()) + "/v1/provider-events/aws");
        return new Simulator(ports.simulator(), home.data().resolve("clouds"), intake, settings.eventIntakeKey(), java);
    }

    private Part issuer() throws IOException {
        var key = home.data().resolve("issuer.key").toString();
        return service("testing/dev-issuer", ports.issuer(), settings.issuer(key));
    }

    private Part service(String module, int port, Map<String, String> environment) {
        return service(module, port, port, environment);
    }

    private Part service(String module, int port, int managementPort, Map<String, String> environment) {
        var name = module.substring(module.lastIndexOf('/') + 1);
        var health = URI.create(ServiceSettings.http(managementPort) + "/actuator/health/readiness");
        var jar = new ExtractedJar(
                () -> checkout.runnableJar(module), home.programs().resolve(name));
        return new BootService(name, port, health, jar, environment, java);
    }
}
