package io.spotplane.notification.stream;

/**
 * An event in its tenant's log.
 *
 * @param position later events of the tenant have higher ones
 * @param type CloudEvents type
 * @param envelope the structured CloudEvent
 */
record LoggedEvent(long position, String type, String envelope) {}
