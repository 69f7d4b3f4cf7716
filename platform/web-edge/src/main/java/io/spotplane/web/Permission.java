package io.spotplane.web;

/** What can be allowed. Endpoints name a permission, never a role: {@code @PreAuthorize("hasAuthority('requests:write')")}. */
public enum Permission {
    OFFERINGS_READ("offerings:read"),
    MARKETS_REFRESH("markets:refresh"),
    PLANS_READ("plans:read"),
    PLANS_WRITE("plans:write"),
    ALERTS_READ("alerts:read"),
    ALERTS_WRITE("alerts:write"),
    REQUESTS_READ("requests:read"),
    REQUESTS_WRITE("requests:write"),
    INSTANCES_READ("instances:read"),
    HOSTS_READ("hosts:read"),
    SUBSCRIPTIONS_READ("subscriptions:read"),
    SUBSCRIPTIONS_WRITE("subscriptions:write"),
    EVENTS_READ("events:read");

    private final String authority;

    Permission(String authority) {
        this.authority = authority;
    }

    /** The authority's name in tokens' scopes and in {@code @PreAuthorize}. */
    public String authority() {
        return authority;
    }
}
