package io.spotplane.benchmarks.serving;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.pricing.offering.OfferingQuery;
import io.spotplane.pricing.offering.Sort;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * A question in the words of each of those who answer it.
 *
 * @param name what it asks
 * @param query for our storefront
 * @param sql its condition and order, for PostgreSQL
 * @param uri for the service
 */
record Question(String name, OfferingQuery query, String sql, String uri) {

    static final int PAGE = 50;

    private static final String BY_PRICE = " ORDER BY price, vcpu DESC, type, id";
    private static final String BY_GPU = " ORDER BY price_per_gpu, vcpu DESC, type, id";

    /** What people ask, and what is hardest: conditions that nothing satisfies. */
    static List<Question> all() {
        return List.of(
                new Question(
                        "cheapest spot", wish().spot().query(), "capacity = 'SPOT'" + BY_PRICE, "capacityType=SPOT"),
                new Question(
                        "one T4, three regions",
                        wish().gpu("T4")
                                .gpuCount(1)
                                .regions("eastus", "westeurope", "us-central1")
                                .query(),
                        "gpu = 'T4' AND gpu_count = 1 AND region IN ('eastus', 'westeurope', 'us-central1')" + BY_PRICE,
                        "gpu=T4&gpuCount=1&region=eastus&region=westeurope&region=us-central1"),
                new Question(
                        "A100 family by price per GPU, at most 2.50 each",
                        wish().gpu("A100").perGpu("2.50").byGpu().query(),
                        "gpu_family = 'A100' AND price_per_gpu <= 2500000" + BY_GPU,
                        "gpu=A100&maxPricePerGpu=2.50&sort=pricePerGpu"),
                new Question(
                        "4 to 8 vCPU, 16 GiB, spot, at most 0.20",
                        wish().vcpu(4, 8).memory(16_384).spot().most("0.20").query(),
                        "vcpu BETWEEN 4 AND 8 AND memory >= 16384 AND capacity = 'SPOT' AND price <= 200000" + BY_PRICE,
                        "minVcpu=4&maxVcpu=8&minMemoryMiB=16384&capacityType=SPOT&maxPricePerHour=0.20"),
                new Question(
                        "class D of generation 5 in one region",
                        wish().classes("d").generation(5).regions("westeurope").query(),
                        "class = 'd' AND generation = 5 AND region = 'westeurope'" + BY_PRICE,
                        "machineClass=D&generation=5&region=westeurope"),
                new Question(
                        "64 to 128 vCPU with 1 TiB",
                        wish().vcpu(64, 128).memory(1_048_576).query(),
                        "vcpu BETWEEN 64 AND 128 AND memory >= 1048576" + BY_PRICE,
                        "minVcpu=64&maxVcpu=128&minMemoryMiB=1048576"),
                new Question(
                        "nothing: many vCPUs with little memory",
                        wish().vcpu(3, 3).memory(4_194_304).query(),
                        "vcpu BETWEEN 3 AND 3 AND memory >= 4194304" + BY_PRICE,
                        "minVcpu=3&maxVcpu=3&minMemoryMiB=4194304"),
                new Question(
                        "nothing: price per GPU far too low",
                        wish().perGpu("0.001").query(),
                        "price_per_gpu <= 1000" + BY_PRICE,
                        "maxPricePerGpu=0.001"));
    }

    private static Wish wish() {
        return new Wish();
    }

    /** A query, put together. */
    private static final class Wish {
        private Set<String> gpus = Set.of();
        private Integer gpuCount;
        private int minVcpu;
        private int maxVcpu = Integer.MAX_VALUE;
        private long memory;
        private Set<String> classes = Set.of();
        private Set<Integer> generations = Set.of();
        private Set<String> regions = Set.of();
        private CapacityType capacity;
        private BigDecimal most;
        private BigDecimal mostPerGpu;
        private Sort sort = Sort.PRICE;

        Wish gpu(String name) {
            gpus = Set.of(name);
            return this;
        }

        Wish gpuCount(int count) {
            gpuCount = count;
            return this;
        }

        Wish vcpu(int least, int greatest) {
            minVcpu = least;
            maxVcpu = greatest;
            return this;
        }

        Wish memory(long mebibytes) {
            memory = mebibytes;
            return this;
        }

        Wish classes(String name) {
            classes = Set.of(name);
            return this;
        }

        Wish generation(int number) {
            generations = Set.of(number);
            return this;
        }

        Wish regions(String... names) {
            regions = Set.of(names);
            return this;
        }

        Wish spot() {
            capacity = CapacityType.SPOT;
            return this;
        }

        Wish most(String usd) {
            most = new BigDecimal(usd);
            return this;
        }

        Wish perGpu(String usd) {
            mostPerGpu = new BigDecimal(usd);
            return this;
        }

        Wish byGpu() {
            sort = Sort.PRICE_PER_GPU;
            return this;
        }

        OfferingQuery query() {
            return new OfferingQuery(
                    gpus,
                    gpuCount,
                    0,
                    minVcpu,
                    maxVcpu,
                    memory,
                    classes,
                    generations,
                    regions,
                    Set.of(),
                    capacity,
                    most,
                    mostPerGpu,
                    Availability.UNKNOWN,
                    null,
                    sort);
        }
    }
}
