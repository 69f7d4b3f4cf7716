package io.spotplane.pricing.risk;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Capacity that comes and goes together: one machine type of one provider in one place.
 *
 * @param provider the provider's short name
 * @param region the provider's region
 * @param zone the provider's zone; null where there is none
 * @param instanceType the provider's own name of the type
 */
public record Pool(String provider, String region, @Nullable String zone, String instanceType) {

    private static final Pattern SIZE = Pattern.compile("(?<=.)(\\..*|[-_]\\d+[a-z]*|[-_.]x\\d+)$");

    /** The pool that {@code offering} is sold from. */
    public static Pool of(Offering offering) {
        return new Pool(offering.provider(), offering.region(), offering.zone(), offering.instanceType());
    }

    /**
     * What the type has in common with its other sizes: {@code p3} of {@code p3.2xlarge}, {@code n1-highcpu} of {@code n1-highcpu-16}. The whole
     * name where no size is recognised, which costs only some sharing of knowledge.
     */
    public String family() {
        return SIZE.matcher(instanceType).replaceFirst("");
    }

    /** For people: {@code aws/us-east-1/us-east-1a/p3.2xlarge}. */
    @Override
    public String toString() {
        return provider + "/" + region + "/" + (zone == null ? "-" : zone) + "/" + instanceType;
    }
}
