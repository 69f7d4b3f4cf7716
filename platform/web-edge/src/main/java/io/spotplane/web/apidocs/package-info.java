/** What every service's description of its API has in common: problems, and no arguments that only the edge can give. */
@NullMarked
package io.spotplane.web.apidocs;

import org.jspecify.annotations.NullMarked;
