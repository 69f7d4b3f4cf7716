package io.spotplane.provisioning.placement;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.offering.CoolDown;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be bought for one request, as far as is known.
 *
 * @param offerings what is for sale in the wanted shape
 * @param coolDowns what is to be left alone
 * @param launchable providers at which orders can be placed
 */
public record Market(List<Offering> offerings, List<CoolDown> coolDowns, Set<String> launchable) {
    public Market {
        offerings = List.copyOf(offerings);
        coolDowns = List.copyOf(coolDowns);
        launchable = Set.copyOf(launchable);
    }

    Optional<CoolDown> coolDown(CoolDown.Scope scope, Offering offering) {
        return coolDowns.stream()
                .filter(coolDown -> coolDown.scope() == scope && coolDown.covers(offering))
                .findFirst();
    }
}
