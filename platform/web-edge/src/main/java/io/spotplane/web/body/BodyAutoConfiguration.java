package io.spotplane.web.body;

import io.spotplane.web.WebEdgeSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Counted and strictly read request bodies. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(WebEdgeSettings.class)
class BodyAutoConfiguration {

    @Bean
    CountBodyBytes countBodyBytes(WebEdgeSettings settings) {
        return new CountBodyBytes(settings.maxBody());
    }

    /** After Boot's own codec configuration, which would set the lenient decoder. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebFluxConfigurer strictRequestBodies(ObjectProvider<JsonMapperBuilderCustomizer> customizers) {
        var decoder = new JacksonJsonDecoder(
                StrictJson.mapper(customizers.orderedStream().toList()));
        return new WebFluxConfigurer() {
            @Override
            public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
                codecs.defaultCodecs().jacksonJsonDecoder(decoder);
            }
        };
    }
}
