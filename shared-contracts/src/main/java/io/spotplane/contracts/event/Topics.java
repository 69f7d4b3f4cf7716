package io.spotplane.contracts.event;

/** The Kafka topics, their keys and who may write to them. Poison goes to the topic's name + {@link #DEAD_LETTER_SUFFIX}. */
public final class Topics {

    /** Key: offering id. Owner: pricing-service. Compacted. */
    public static final String OFFERINGS = "spotplane.offerings";
    /** Key: alert id. Owner: pricing-service. */
    public static final String PRICE_ALERTS = "spotplane.price-alerts";
    /** Key: host id. Owner: inventory-agents-service. Compacted. */
    public static final String HOSTS = "spotplane.hosts";
    /** Key: aggregate id. Owner: inventory-agents-service. Compacted. */
    public static final String AGGREGATES = "spotplane.aggregates";
    /** Key: request id. Written by outside producers, read by provisioning-service. */
    public static final String GPU_REQUESTS = "spotplane.gpu-requests";
    /** Key: request id. Written by outside producers, read by provisioning-service. */
    public static final String NODE_REQUESTS = "spotplane.node-requests";
    /** Key: request id. Owner: provisioning-service. */
    public static final String REQUESTS = "spotplane.requests";
    /** Key: instance id. Owner: provisioning-service. */
    public static final String INSTANCES = "spotplane.instances";
    /** Key: instance id. Owner: provisioning-service. */
    public static final String INTERRUPTIONS = "spotplane.interruptions";
    /** Key: subscription id. Owner: notification-service. */
    public static final String DELIVERIES = "spotplane.deliveries";

    /** Appended to a topic's name for records that could not be read or applied. */
    public static final String DEAD_LETTER_SUFFIX = ".dlt";

    private Topics() {}
}
