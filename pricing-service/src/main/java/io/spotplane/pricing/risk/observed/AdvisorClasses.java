package io.spotplane.pricing.risk.observed;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.StatedRates;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The interruption classes of the AWS Spot Advisor's public feed ({@code spot-advisor-data.json}), by region and machine type, Linux. A class is a range
 * of the share of machines that was taken back in the month before; taken for its middle, the open one ("over 20 %") for 30 %. How long the
 * machines ran that AWS counted is not published; they count as having run for the month, which makes the hazard a lower bound.
 */
final class AdvisorClasses implements StatedRates {

    /** By class: under 5 %, 5–10 %, 10–15 %, 15–20 %, over 20 % a month. Source: the feed's own {@code ranges}. */
    private static final double[] MONTHLY_SHARE = {0.025, 0.075, 0.125, 0.175, 0.30};

    private static final String AWS = "aws";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Map<String, Double> shares;

    private AdvisorClasses(Map<String, Double> shares) {
        this.shares = shares;
    }

    /**
     * The classes in {@code feed}. An entry that makes no sense is left out.
     *
     * @throws IllegalArgumentException when it is not that feed
     */
    static AdvisorClasses read(byte[] feed) {
        var shares = new HashMap<String, Double>();
        tree(feed)
                .path("spot_advisor")
                .forEachEntry((region, systems) -> systems.path("Linux").forEachEntry((type, entry) -> {
                    var step = entry.path("r");
                    if (step.isInt() && step.intValue() >= 0 && step.intValue() < MONTHLY_SHARE.length) {
                        shares.put(key(region, type), MONTHLY_SHARE[step.intValue()]);
                    }
                }));
        if (shares.isEmpty()) {
            throw new IllegalArgumentException("it has no entry spot_advisor.<region>.Linux.<type>.r");
        }
        return new AdvisorClasses(shares);
    }

    private static JsonNode tree(byte[] feed) {
        try {
            return MAPPER.readTree(feed);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException("it is not JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    private static String key(String region, String type) {
        return region + '|' + type;
    }

    @Override
    public OptionalDouble monthlyShare(Pool pool) {
        var share = AWS.equals(pool.provider()) ? shares.get(key(pool.region(), pool.instanceType())) : null;
        return share == null ? OptionalDouble.empty() : OptionalDouble.of(share);
    }

    /** How many region and type pairs are known. */
    int size() {
        return shares.size();
    }
}
