/**
 * Markets that are price lists: catalogues in the CSV form that SkyPilot publishes for every cloud, from a file, a folder or an address, one market for each.
 * {@link io.spotplane.providers.catalogue.CatalogueReader} goes through the lines, {@link io.spotplane.providers.catalogue.CatalogueRow} understands one,
 * {@link io.spotplane.providers.catalogue.SoldApart} puts together what a list prices in parts, and
 * {@link io.spotplane.providers.catalogue.CatalogueFaults} alone knows what a failure means.
 */
@NullMarked
package io.spotplane.providers.catalogue;

import org.jspecify.annotations.NullMarked;
