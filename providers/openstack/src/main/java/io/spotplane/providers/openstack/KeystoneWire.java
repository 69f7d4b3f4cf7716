package io.spotplane.providers.openstack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keystone v3 {@code /auth/tokens}, as far as it is used. */
final class KeystoneWire {

    private KeystoneWire() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenRequest(Auth auth) {

        static TokenRequest of(OpenStackSettings settings) {
            return new TokenRequest(
                    settings.applicationCredentialSecret() == null ? byPassword(settings) : byCredential(settings));
        }

        private static Auth byPassword(OpenStackSettings settings) {
            var user = new User(
                    settings.username(),
                    new Domain(settings.userDomainName()),
                    settings.password() == null ? null : settings.password().reveal());
            var project = new Project(settings.projectName(), new Domain(settings.projectDomainName()));
            return new Auth(new Identity(List.of("password"), new Password(user), null), new Scope(project));
        }

        private static Auth byCredential(OpenStackSettings settings) {
            var secret = settings.applicationCredentialSecret();
            var credential =
                    new Credential(settings.applicationCredentialId(), secret == null ? null : secret.reveal());
            return new Auth(new Identity(List.of("application_credential"), null, credential), null);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Auth(Identity identity, @Nullable Scope scope) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Identity(
            List<String> methods,
            @Nullable Password password,

            @JsonProperty("application_credential") @Nullable
            Credential applicationCredential) {}

    record Password(User user) {}

    record User(
            @Nullable String name, Domain domain, @Nullable String password) {

        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    record Credential(@Nullable String id, @Nullable String secret) {

        @Override
        public String toString() {
            return "Credential[" + id + "]";
        }
    }

    record Scope(Project project) {}

    record Project(@Nullable String name, Domain domain) {}

    record Domain(String name) {}

    record TokenAnswer(Token token) {}

    record Token(
            @JsonProperty("expires_at") Instant expiresAt,
            @Nullable List<Service> catalog) {}

    record Service(String type, @Nullable List<Endpoint> endpoints) {}

    record Endpoint(
            @JsonProperty("interface") String interfaceName,
            @JsonProperty("region_id") @Nullable String regionId,
            @Nullable String region,
            String url) {

        boolean isIn(@Nullable String wanted) {
            return wanted == null || wanted.equals(regionId) || wanted.equals(region);
        }
    }
}
