package io.spotplane.pricing.planted.names;

class PriceManager {}
