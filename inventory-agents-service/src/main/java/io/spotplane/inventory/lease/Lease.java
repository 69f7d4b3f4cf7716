package io.spotplane.inventory.lease;

/**
 * The right to do a duty now.
 *
 * @param duty name of the duty
 * @param fence greater than that of every earlier lease of this duty, also after the database was made anew
 */
public record Lease(String duty, long fence) {}
