package io.spotplane.web;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What an issuer may call a caller. Roles only bundle permissions; no code decides by a role. */
public enum Role {
    VIEWER("viewer", Bundles.VIEWER),
    OPERATOR("operator", Bundles.OPERATOR),
    TENANT_ADMIN("tenant-admin", Bundles.OPERATOR),
    PLATFORM_ADMIN("platform-admin", EnumSet.allOf(Permission.class)),
    SERVICE("service", EnumSet.allOf(Permission.class));

    private final String claim;
    private final Set<Permission> permissions;

    Role(String claim, Set<Permission> permissions) {
        this.claim = claim;
        this.permissions = Set.copyOf(permissions);
    }

    /** The role's name in the token's {@code roles} claim. */
    public String claim() {
        return claim;
    }

    /** What the role allows. */
    public Set<Permission> permissions() {
        return permissions;
    }

    /** The role of that name; empty for names we do not know, which then allow nothing. */
    public static Optional<Role> named(String claim) {
        return Arrays.stream(values()).filter(role -> role.claim.equals(claim)).findFirst();
    }

    /** A holder of its own, because constants of an enum cannot refer to its static fields. */
    private static final class Bundles {
        private static final Set<Permission> VIEWER = EnumSet.of(
                Permission.OFFERINGS_READ,
                Permission.PLANS_READ,
                Permission.ALERTS_READ,
                Permission.REQUESTS_READ,
                Permission.INSTANCES_READ,
                Permission.SUBSCRIPTIONS_READ,
                Permission.EVENTS_READ);
        private static final Set<Permission> OPERATOR = EnumSet.copyOf(VIEWER);

        static {
            OPERATOR.addAll(EnumSet.of(
                    Permission.REQUESTS_WRITE,
                    Permission.SUBSCRIPTIONS_WRITE,
                    Permission.PLANS_WRITE,
                    Permission.ALERTS_WRITE,
                    Permission.MARKETS_REFRESH,
                    Permission.HOSTS_READ));
        }
    }
}
