package io.spotplane.provisioning.placement;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How offerings are chosen and left alone.
 *
 * @param maxPriceAge a price that was not confirmed for so long is not bought on
 * @param uncappedBidFactor the bid of a request without a cap, as a multiple of the billed price
 * @param noCapacityCoolDown how long an offering rests after its provider had none, or wanted more than the bid
 * @param interruptionCoolDown how long an offering rests after its provider took a machine back
 * @param failureCoolDown how long an offering rests after a machine of it never came to be
 * @param invalidCoolDown how long an offering rests after its provider called the order wrong
 * @param suspension how long an account gets no new orders after quota, funds or credentials failed
 * @param outageSuspension how long an account gets no new orders after it could not be asked
 * @param giveUpAfter a request for which nothing could be had for so long fails
 */
@Validated
@ConfigurationProperties("spotplane.provisioning.placement")
public record PlacementSettings(
        @NotNull @DefaultValue("10m") Duration maxPriceAge,
        @NotNull @DecimalMin("1.0") @DefaultValue("1.5") BigDecimal uncappedBidFactor,
        @NotNull @DefaultValue("3m") Duration noCapacityCoolDown,
        @NotNull @DefaultValue("10m") Duration interruptionCoolDown,
        @NotNull @DefaultValue("10m") Duration failureCoolDown,
        @NotNull @DefaultValue("1h") Duration invalidCoolDown,
        @NotNull @DefaultValue("10m") Duration suspension,
        @NotNull @DefaultValue("1m") Duration outageSuspension,
        @NotNull @DefaultValue("24h") Duration giveUpAfter) {}
