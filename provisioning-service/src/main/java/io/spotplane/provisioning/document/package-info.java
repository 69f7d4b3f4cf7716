/**
 * How values are kept as JSON documents in PostgreSQL: written with everything, read tolerantly, so that two versions of the service can
 * work on one database.
 */
@NullMarked
package io.spotplane.provisioning.document;

import org.jspecify.annotations.NullMarked;
