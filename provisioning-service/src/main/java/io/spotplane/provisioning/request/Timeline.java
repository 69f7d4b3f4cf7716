package io.spotplane.provisioning.request;

import io.spotplane.provisioning.timeline.TimelineEntry;
import java.util.List;

/**
 * What happened to a request.
 *
 * @param items oldest first
 */
record Timeline(List<TimelineEntry> items) {}
