package io.spotplane.simulator.datacentre;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * The hosts of a GPU data centre with their pools and servers, grown from a seed. Pool names follow the convention of GPU clouds on
 * OpenStack: {@code <GPU>-n3[-NVLink][-spot|-runpod]}, {@code Contract-…}, {@code tempest…} for hosts out of stock.
 */
public final class DataCentre {

    /** Name, NetBox tag, pools with their share of ten hosts. */
    private record Product(String gpu, String tag, boolean nvlink, List<String> pools) {}

    private static final List<Product> PRODUCTS = List.of(
            new Product(
                    "H100",
                    "nvidia h100 pcie",
                    false,
                    List.of("H100-n3", "H100-n3", "H100-n3-spot", "H100-n3-runpod", "Contract-Northwind-H100")),
            new Product("A100", "nvidia a100 pcie", true, List.of("A100-n3-NVLink", "A100-n3-NVLink", "A100-n3-spot")),
            new Product("L40", "l40", false, List.of("L40-n3", "L40-n3-spot", "tempest-L40")),
            new Product("RTX-A6000", "rtx a6000 ada", false, List.of("RTX-A6000-n3", "RTX-A6000-n3-spot")));
    private static final List<String> OWNERS = List.of("Nexgen Cloud", "Investor A", "Investor B");
    private static final int GPUS_PER_HOST = 8;

    private final List<Host> hosts = new ArrayList<>();
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Instant grownAt;

    /**
     * A host.
     *
     * @param nova     the id of its hypervisor
     * @param service  the id of its compute service
     */
    public record Host(
            int number,
            String name,
            String gpu,
            String tag,
            boolean nvlink,
            String site,
            String rack,
            String owner,
            String pool,
            UUID nova,
            UUID service,
            List<Server> servers) {}

    /** A server on a host. */
    public record Server(UUID id, String name, String flavor, int gpus, String project) {}

    /** A host aggregate; its members change by name. */
    public record Pool(int id, UUID uuid, String name, List<String> hosts) {}

    public DataCentre(int size, long seed, Instant now) {
        var random = new Random(seed);
        grownAt = now;
        for (int number = 1; number <= size; number++) {
            add(number, random);
        }
    }

    private void add(int number, Random random) {
        var product = PRODUCTS.get(number % PRODUCTS.size());
        var pool = product.pools().get(random.nextInt(product.pools().size()));
        var site = random.nextInt(3) == 0 ? "NO1" : "CA1";
        var name = "%s-%s-%03d".formatted(site, product.gpu(), number);
        var host = new Host(
                number,
                name,
                product.gpu(),
                product.tag(),
                product.nvlink(),
                site,
                "R%02d".formatted(1 + number / 8),
                OWNERS.get(random.nextInt(OWNERS.size())),
                pool,
                uuid(random),
                uuid(random),
                servers(product.gpu(), pool, random));
        hosts.add(host);
        pools.computeIfAbsent(pool, missing -> new Pool(pools.size() + 1, uuid(random), missing, new ArrayList<>()))
                .hosts()
                .add(name);
    }

    private static List<Server> servers(String gpu, String pool, Random random) {
        var servers = new ArrayList<Server>();
        int free = pool.startsWith("tempest") ? 0 : GPUS_PER_HOST;
        while (free > 0 && random.nextInt(4) != 0) {
            int gpus = Math.min(free, 1 << random.nextInt(4));
            var suffix = pool.endsWith("-spot") ? "-spot" : "";
            servers.add(new Server(
                    uuid(random),
                    "vm-" + random.nextInt(10_000),
                    "n3-" + gpu + "x" + gpus + suffix,
                    gpus,
                    "project-" + random.nextInt(12)));
            free -= gpus;
        }
        return List.copyOf(servers);
    }

    private static UUID uuid(Random random) {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes);
    }

    public synchronized List<Host> hosts() {
        return List.copyOf(hosts);
    }

    public synchronized List<Pool> pools() {
        return pools.values().stream()
                .map(pool -> new Pool(pool.id(), pool.uuid(), pool.name(), List.copyOf(pool.hosts())))
                .toList();
    }

    /** Takes a host out of its pools into another. */
    public synchronized void move(String host, String toPool) {
        var target = pools.get(toPool);
        if (target == null || hosts.stream().noneMatch(each -> each.name().equals(host))) {
            throw new IllegalArgumentException("no host '" + host + "' or no pool '" + toPool + "'");
        }
        pools.values().forEach(pool -> pool.hosts().remove(host));
        target.hosts().add(host);
    }

    public Instant grownAt() {
        return grownAt;
    }
}
