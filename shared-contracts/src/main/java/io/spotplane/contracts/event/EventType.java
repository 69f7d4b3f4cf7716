package io.spotplane.contracts.event;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every kind of event, with its CloudEvents {@code type}, its topic and the record that carries its data. Wire names never
 * change; an incompatible change is a new version beside the old one.
 */
public enum EventType {
    /** An offering is for sale at this price: new, repriced, or with another availability. */
    OFFERING_REPRICED("io.spotplane.pricing.offering-repriced.v1", Topics.OFFERINGS, OfferingRepriced.class),
    /** An offering is no longer for sale. */
    OFFERING_WITHDRAWN("io.spotplane.pricing.offering-withdrawn.v1", Topics.OFFERINGS, OfferingWithdrawn.class),
    /** A market was collected in full: what was announced of it and not withdrawn is confirmed. */
    MARKET_SWEPT("io.spotplane.pricing.market-swept.v1", Topics.OFFERINGS, MarketSwept.class),

    /** What a price alert was set for has come true. */
    PRICE_ALERT_RAISED("io.spotplane.pricing.price-alert-raised.v1", Topics.PRICE_ALERTS, PriceAlertRaised.class),
    /** What a price alert was raised for is over; it is armed again. */
    PRICE_ALERT_CLEARED("io.spotplane.pricing.price-alert-cleared.v1", Topics.PRICE_ALERTS, PriceAlertCleared.class),

    /** What a sweep saw of a host, after a change. */
    HOST_OBSERVED("io.spotplane.inventory.host-observed.v1", Topics.HOSTS, HostObserved.class),
    /** A complete sweep no longer saw the host. */
    HOST_VANISHED("io.spotplane.inventory.host-vanished.v1", Topics.HOSTS, HostVanished.class),
    /** An aggregate and its members, after a change. */
    AGGREGATE_OBSERVED("io.spotplane.inventory.aggregate-observed.v1", Topics.AGGREGATES, AggregateObserved.class),
    /** A complete sweep no longer saw the aggregate. */
    AGGREGATE_VANISHED("io.spotplane.inventory.aggregate-vanished.v1", Topics.AGGREGATES, AggregateVanished.class),

    /** A wish for GPUs from an outside producer. */
    GPU_REQUEST_SUBMITTED(
            "io.spotplane.provisioning.gpu-request-submitted.v1", Topics.GPU_REQUESTS, CapacityRequestSubmitted.class),
    /** A wish for nodes from an outside producer. */
    NODE_REQUEST_SUBMITTED(
            "io.spotplane.provisioning.node-request-submitted.v1",
            Topics.NODE_REQUESTS,
            CapacityRequestSubmitted.class),

    /** A request was accepted and will be worked on. */
    REQUEST_ACCEPTED("io.spotplane.provisioning.request-accepted.v1", Topics.REQUESTS, RequestChanged.class),
    /** A request's instances were placed on offerings. */
    REQUEST_PLACED("io.spotplane.provisioning.request-placed.v1", Topics.REQUESTS, RequestChanged.class),
    /** Everything the request asked for is ready. */
    REQUEST_SETTLED("io.spotplane.provisioning.request-settled.v1", Topics.REQUESTS, RequestChanged.class),
    /** A ready request is short of something again (interruption, loss). */
    REQUEST_DISTURBED("io.spotplane.provisioning.request-disturbed.v1", Topics.REQUESTS, RequestChanged.class),
    /** The request cannot be served; the reason says why. */
    REQUEST_FAILED("io.spotplane.provisioning.request-failed.v1", Topics.REQUESTS, RequestChanged.class),
    /** The request's end was asked for. */
    REQUEST_DELETED("io.spotplane.provisioning.request-deleted.v1", Topics.REQUESTS, RequestChanged.class),
    /** Nothing of the request exists any more, as proved by the providers' own lists. */
    REQUEST_TERMINATED("io.spotplane.provisioning.request-terminated.v1", Topics.REQUESTS, RequestChanged.class),

    /** An instance is in another phase. */
    INSTANCE_TRANSITIONED(
            "io.spotplane.provisioning.instance-transitioned.v1", Topics.INSTANCES, InstanceTransitioned.class),

    /** The provider announced that it takes the instance back. */
    INTERRUPTION_NOTICED("io.spotplane.provisioning.interruption-noticed.v1", Topics.INTERRUPTIONS, Interruption.class),
    /** The provider took the instance back without notice, or a notice came true. */
    INTERRUPTION_OBSERVED(
            "io.spotplane.provisioning.interruption-observed.v1", Topics.INTERRUPTIONS, Interruption.class),

    /** A delivery to a subscriber was given up, with the reason. */
    DELIVERY_ABANDONED("io.spotplane.notification.delivery-abandoned.v1", Topics.DELIVERIES, DeliveryAbandoned.class);

    private static final Map<String, EventType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));

    private final String wireName;
    private final String topic;
    private final Class<?> dataType;

    EventType(String wireName, String topic, Class<?> dataType) {
        this.wireName = wireName;
        this.topic = topic;
        this.dataType = dataType;
    }

    /** The type with this CloudEvents {@code type}; empty for one this version does not know, which a consumer skips. */
    public static Optional<EventType> named(String wireName) {
        return Optional.ofNullable(BY_WIRE_NAME.get(wireName));
    }

    /** The CloudEvents {@code type}. */
    public String wireName() {
        return wireName;
    }

    /** The Kafka topic. */
    public String topic() {
        return topic;
    }

    /** The record that the data decodes to. */
    public Class<?> dataType() {
        return dataType;
    }

    /** The CloudEvents {@code dataschema}: a name, resolved against the schemas that ship with this module. */
    public String schema() {
        return schemaOf(wireName);
    }

    /** The {@code dataschema} of the CloudEvents type {@code wireName}, also of one that this version does not know. */
    public static String schemaOf(String wireName) {
        return "urn:spotplane:schema:" + wireName;
    }
}
