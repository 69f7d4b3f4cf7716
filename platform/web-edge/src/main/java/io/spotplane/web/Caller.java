package io.spotplane.web;

import java.util.Set;

/**
 * Who is asking, read from the verified token and from nowhere else. Controllers take it as a method argument.
 *
 * @param tenant the token's {@code tenant} claim
 * @param subject the token's {@code sub} claim
 * @param permissions what the token's roles allow
 */
public record Caller(String tenant, String subject, Set<Permission> permissions) {
    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** Whether this caller may do {@code permission}. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
