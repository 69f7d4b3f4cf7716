package io.spotplane.providers.catalogue;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** A market for each catalogue under {@code spotplane.providers.catalogues}; none without. */
@AutoConfiguration
@Import(CatalogueMarkets.class)
class CatalogueAutoConfiguration {}
