package io.spotplane.issuer;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the issuer. None of them has a default that opens a door.
 *
 * @param uri the issuer's name, written into each token as {@code iss}; null to take it from the request's address
 * @param keyFile where the signing key is kept; made at the first start, readable by its owner only
 * @param clientSecret secret of the client {@code spotplane-cli}
 */
@Validated
@ConfigurationProperties("spotplane.issuer")
record IssuerSettings(
        @Nullable String uri,
        @NotNull Path keyFile,
        @NotBlank String clientSecret) {

    @Override
    public String toString() {
        return "IssuerSettings[uri=" + uri + ", keyFile=" + keyFile + ", clientSecret=***]";
    }
}
