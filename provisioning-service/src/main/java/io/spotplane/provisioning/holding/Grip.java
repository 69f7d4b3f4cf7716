package io.spotplane.provisioning.holding;

import java.util.UUID;

/**
 * A lease on a request. Writes that name it fail to happen once somebody else has it.
 *
 * @param requestId the request
 * @param token fencing token, new with every lease
 */
public record Grip(UUID requestId, UUID token) {}
