package io.spotplane.pricing.planted.unmarked;

class Unmarked {}
