package io.spotplane.pricing.risk.observed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.pricing.risk.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisorClassesTest {

    private static final String FEED = """
            {"ranges":[{"index":0,"label":"<5%","dots":0,"max":5}],
             "spot_advisor":{"us-east-1":{"Linux":{"m6i.2xlarge":{"s":58,"r":4},"g5g.4xlarge":{"s":63,"r":0},
               "odd.large":{"s":1,"r":9},"odd.small":{"s":1}},"Windows":{"m6i.2xlarge":{"s":1,"r":0}}}}}""";

    @Test
    void knowsTheClassOfATypeInARegion() {
        // When
        var classes = AdvisorClasses.read(FEED.getBytes(UTF_8));
        // Then
        assertThat(classes.monthlyShare(pool("aws", "us-east-1", "m6i.2xlarge")))
                .hasValue(0.30);
        assertThat(classes.monthlyShare(pool("aws", "us-east-1", "g5g.4xlarge")))
                .hasValue(0.025);
    }

    @Test
    void knowsNothingOfOthers() {
        // When
        var classes = AdvisorClasses.read(FEED.getBytes(UTF_8));
        // Then
        assertThat(classes.monthlyShare(pool("gcp", "us-east-1", "m6i.2xlarge")))
                .isEmpty();
        assertThat(classes.monthlyShare(pool("aws", "eu-west-1", "m6i.2xlarge")))
                .isEmpty();
        assertThat(classes.monthlyShare(pool("aws", "us-east-1", "odd.large"))).isEmpty();
        assertThat(classes.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{}", "[]", "{\"spot_advisor\":{\"us-east-1\":{}}}"})
    void refusesWhatIsNotTheFeed(String feed) {
        assertThatThrownBy(() -> AdvisorClasses.read(feed.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Pool pool(String provider, String region, String type) {
        return new Pool(provider, region, region + "a", type);
    }
}
