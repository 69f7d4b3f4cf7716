package io.spotplane.stack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each service is told through its environment. Nothing here goes onto a command line: half of it is secret. */
final class ServiceSettings {

    /** How long a simulated cloud may hide a new machine; real ones need the adapters' longer defaults. */
    private static final String SIMULATED_VISIBILITY = "5s";

    private final Ports ports;
    private final Secrets secrets;

    ServiceSettings(Ports ports, Secrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
    }

    Map<String, String> gateway() throws IOException {
        return merged(
                server(ports.gateway()),
                resourceServer(),
                redis(),
                Map.of(
                        "MANAGEMENT_SERVER_PORT", String.valueOf(ports.gatewayManagement()),
                        "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
                        "SPOTPLANE_GATEWAY_PRICING", http(ports.pricing()),
                        "SPOTPLANE_GATEWAY_PROVISIONING", http(ports.provisioning()),
                        "SPOTPLANE_GATEWAY_INVENTORY", http(ports.inventory()),
                        "SPOTPLANE_GATEWAY_NOTIFICATION", http(ports.notification())));
    }

    Map<String, String> pricing() throws IOException {
        return merged(
                server(ports.pricing()),
                resourceServer(),
                redis(),
                kafka(),
                database("pricing"),
                markets(),
                priceLists());
    }

    Map<String, String> provisioning() throws IOException {
        return merged(
                server(ports.provisioning()),
                resourceServer(),
                redis(),
                kafka(),
                database("provisioning"),
                markets(),
                Map.of(
                        "SPOTPLANE_PROVISIONING_OWNER",
                        "local",
                        "SPOTPLANE_PROVISIONING_VISIBILITYWINDOW",
                        SIMULATED_VISIBILITY,
                        "SPOTPLANE_PROVISIONING_RECONCILE_LEASE",
                        "10s"));
    }

    Map<String, String> inventory() throws IOException {
        return merged(
                server(ports.inventory()), resourceServer(), redis(), kafka(), database("inventory"), dataCentre());
    }

    /** Subscribers of a local stack listen on loopback, which is refused elsewhere. */
    Map<String, String> notification() throws IOException {
        return merged(
                server(ports.notification()),
                resourceServer(),
                redis(),
                kafka(),
                database("notification"),
                Map.of("SPOTPLANE_NOTIFICATION_ALLOWINTERNALADDRESSES", "true"));
    }

    Map<String, String> issuer(String keyFile) throws IOException {
        return merged(
                server(ports.issuer()),
                Map.of(
                        "SPOTPLANE_ISSUER_URI", http(ports.issuer()),
                        "SPOTPLANE_ISSUER_CLIENT_SECRET", secrets.of(StackAddresses.CLIENT_SECRET),
                        "SPOTPLANE_ISSUER_KEY_FILE", keyFile));
    }

    /** Name of the database and of its owner. */
    static String databaseName(String service) {
        return "spotplane_" + service;
    }

    String databasePassword(String service) throws IOException {
        return secrets.of("postgres." + service);
    }

    String eventIntakeKey() throws IOException {
        return secrets.of("aws.event-intake");
    }

    private static Map<String, String> server(int port) {
        return Map.of("SERVER_PORT", String.valueOf(port), "SERVER_ADDRESS", "127.0.0.1");
    }

    private Map<String, String> resourceServer() {
        return Map.of("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUER_URI", http(ports.issuer()));
    }

    private Map<String, String> redis() throws IOException {
        return Map.of(
                "SPRING_DATA_REDIS_HOST", "127.0.0.1",
                "SPRING_DATA_REDIS_PORT", String.valueOf(ports.redis()),
                "SPRING_DATA_REDIS_PASSWORD", secrets.of("redis"));
    }

    private Map<String, String> kafka() {
        return Map.of("SPRING_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
    }

    private Map<String, String> database(String service) throws IOException {
        var name = databaseName(service);
        var password = databasePassword(service);
        var address = "postgresql://127.0.0.1:" + ports.postgres() + "/" + name;
        return Map.of(
                "SPRING_R2DBC_URL", "r2dbc:" + address,
                "SPRING_R2DBC_USERNAME", name,
                "SPRING_R2DBC_PASSWORD", password,
                "SPRING_FLYWAY_URL", "jdbc:" + address,
                "SPRING_FLYWAY_USER", name,
                "SPRING_FLYWAY_PASSWORD", password);
    }

    private Map<String, String> markets() throws IOException {
        return Map.of(
                "SPOTPLANE_PROVIDERS_AWS_ENDPOINT",
                http(ports.simulator()) + "/ec2",
                "SPOTPLANE_PROVIDERS_AWS_REGIONS",
                "us-east-1,us-west-2,eu-west-1",
                "SPOTPLANE_PROVIDERS_AWS_ACCESSKEYID",
                "AKIASIMULATED",
                "SPOTPLANE_PROVIDERS_AWS_SECRETACCESSKEY",
                secrets.of("aws.secret-access-key"),
                "SPOTPLANE_PROVIDERS_AWS_EVENTINTAKEKEY",
                eventIntakeKey(),
                "SPOTPLANE_PROVIDERS_AWS_VISIBILITYWINDOW",
                SIMULATED_VISIBILITY,
                "SPOTPLANE_PROVIDERS_RUNPOD_BASEURL",
                http(ports.simulator()) + "/runpod",
                "SPOTPLANE_PROVIDERS_RUNPOD_APIKEY",
                secrets.of("runpod.api-key"),
                "SPOTPLANE_PROVIDERS_RUNPOD_VISIBILITYWINDOW",
                SIMULATED_VISIBILITY);
    }

    /** Markets at which nothing can be launched: pricing alone hears of them. */
    private Map<String, String> priceLists() throws IOException {
        return Map.of(
                "SPOTPLANE_PROVIDERS_RACKSPACE_ENABLED",
                "true",
                "SPOTPLANE_PROVIDERS_RACKSPACE_FEEDURL",
                http(ports.simulator()) + "/rackspace/feed",
                "SPOTPLANE_PROVIDERS_RACKSPACE_APIURL",
                http(ports.simulator()) + "/rackspace/api",
                "SPOTPLANE_PROVIDERS_RACKSPACE_LOGINURL",
                http(ports.simulator()) + "/rackspace/login",
                "SPOTPLANE_PROVIDERS_RACKSPACE_REFRESHTOKEN",
                secrets.of("rackspace.refresh-token"),
                "SPOTPLANE_PROVIDERS_CATALOGUES_0_NAME",
                "gcp",
                "SPOTPLANE_PROVIDERS_CATALOGUES_0_LOCATION",
                http(ports.simulator()) + "/catalogue/gcp/vms.csv.gz");
    }

    private Map<String, String> dataCentre() throws IOException {
        return Map.of(
                "SPOTPLANE_PROVIDERS_OPENSTACK_AUTHURL", http(ports.simulator()) + "/keystone/v3",
                "SPOTPLANE_PROVIDERS_OPENSTACK_USERNAME", "spotplane",
                "SPOTPLANE_PROVIDERS_OPENSTACK_PASSWORD", secrets.of("openstack.password"),
                "SPOTPLANE_PROVIDERS_OPENSTACK_USERDOMAINNAME", "Default",
                "SPOTPLANE_PROVIDERS_OPENSTACK_PROJECTNAME", "admin",
                "SPOTPLANE_PROVIDERS_OPENSTACK_PROJECTDOMAINNAME", "Default",
                "SPOTPLANE_PROVIDERS_OPENSTACK_REGIONNAME", "CA1",
                "SPOTPLANE_PROVIDERS_OPENSTACK_SOURCE", "ca1",
                "SPOTPLANE_PROVIDERS_NETBOX_BASEURL", http(ports.simulator()) + "/netbox",
                "SPOTPLANE_PROVIDERS_NETBOX_TOKEN", secrets.of("netbox.token"));
    }

    static String http(int port) {
        return "http://127.0.0.1:" + port;
    }

    @SafeVarargs
    private static Map<String, String> merged(Map<String, String>... groups) {
        var all = new LinkedHashMap<String, String>();
        for (var group : groups) {
            all.putAll(group);
        }
        return all;
    }
}
