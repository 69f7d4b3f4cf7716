package io.spotplane.pricing.planted.money;

class FloatingMoney {
    double hourlyPrice;
}
