package io.spotplane.contracts.event;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish for capacity: the body of {@code POST /v1/gpu-requests} and {@code POST /v1/node-requests}, and the data of the events on
 * the two request topics (there the event's id is the idempotency key and its subject, a UUID, becomes the request's id).
 * All limits are checked by provisioning-service; nothing is assumed valid here.
 *
 * @param name chosen by the client, unique per tenant among live requests; null for none
 * @param gpu wanted GPUs per instance; required for GPU requests, refused for node requests
 * @param node wanted vCPU and memory per instance; required for node requests, refused for GPU requests
 * @param instances how many machines; null means 1
 * @param capacityType spot or on demand; null means whichever is cheaper
 * @param maxPricePerHour most to pay for one instance and hour; null means no cap
 * @param budget most to spend on the whole request, ever; null means no cap
 * @param providers provider names to use; null or empty means all
 * @param regions regions to use; null or empty means all
 * @param image machine image or container image; null means the provider's default
 */
public record CapacityRequestSubmitted(
        @Nullable String name,
        @Nullable WantedGpu gpu,
        @Nullable WantedNode node,
        @Nullable Integer instances,
        @Nullable CapacityType capacityType,
        @Nullable HourlyPrice maxPricePerHour,
        @Nullable Money budget,
        @Nullable List<String> providers,
        @Nullable List<String> regions,
        @Nullable String image) {

    /**
     * GPUs of one instance.
     *
     * @param model canonical name or alias, such as {@code H100}
     * @param count GPUs per instance
     * @param minMemoryGiB least memory of one GPU; null for any
     */
    public record WantedGpu(
            @Nullable String model,
            @Nullable Integer count,
            @Nullable Integer minMemoryGiB) {}

    /**
     * Size of one plain node.
     *
     * @param vcpu least virtual CPUs
     * @param memoryMiB least memory
     */
    public record WantedNode(
            @Nullable Integer vcpu, @Nullable Long memoryMiB) {}
}
