package io.spotplane.provisioning.holding;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.provisioning.offering.Shape;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted, checked and with every default filled in; the {@code spec} of the resource. Exactly one of {@code gpu} and {@code node} is
 * set.
 *
 * @param gpu GPUs of one instance; null for a plain node
 * @param node size of one plain node; null for GPUs
 * @param instances how many machines, at least 1
 * @param capacityType spot or on demand; null for whichever is cheaper
 * @param maxPricePerHour most to pay for one instance and hour; null for no cap
 * @param budget most to spend on everything, ever; null for no cap
 * @param providers providers to use; empty for all
 * @param regions regions to use; empty for all
 * @param image machine or container image; null for the provider's default
 */
public record Wanted(
        @Nullable Gpus gpu,
        @Nullable Node node,
        int instances,
        @Nullable CapacityType capacityType,
        @Nullable HourlyPrice maxPricePerHour,
        @Nullable Money budget,
        List<String> providers,
        List<String> regions,
        @Nullable String image) {

    private static final String DEFAULT_CURRENCY = "USD";

    public Wanted {
        if ((gpu == null) == (node == null)) {
            throw new IllegalArgumentException("gpu is " + gpu + " and node is " + node + ", expected exactly one");
        }
        providers = List.copyOf(providers);
        regions = List.copyOf(regions);
    }

    /**
     * GPUs of one instance.
     *
     * @param model canonical model or family name
     * @param count exactly so many
     * @param minMemoryGiB least memory of one; 0 for any
     */
    public record Gpus(String model, int count, int minMemoryGiB) {}

    /**
     * A plain node.
     *
     * @param vcpu at least so many virtual CPUs
     * @param memoryMiB at least so much memory
     */
    public record Node(int vcpu, long memoryMiB) {}

    /** The hardware of one instance. */
    public Shape shape() {
        return gpu != null
                ? Shape.gpus(gpu.model(), gpu.count(), gpu.minMemoryGiB())
                : Shape.node(
                        Objects.requireNonNull(node).vcpu(),
                        Objects.requireNonNull(node).memoryMiB());
    }

    /** The currency in which this is bought and reckoned. */
    public String currency() {
        if (budget != null) {
            return budget.currency();
        }
        return maxPricePerHour != null ? maxPricePerHour.currency() : DEFAULT_CURRENCY;
    }
}
