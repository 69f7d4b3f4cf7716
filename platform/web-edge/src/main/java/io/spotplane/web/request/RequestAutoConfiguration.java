package io.spotplane.web.request;

import io.micrometer.context.ContextRegistry;
import io.spotplane.web.WebEdgeSettings;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Request ids, log keys, declared query parameters and the time a request may take to arrive. */
@AutoConfiguration(before = WebFluxAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(WebEdgeSettings.class)
class RequestAutoConfiguration {

    RequestAutoConfiguration() {
        RequestContext.followIntoLogs(ContextRegistry.getInstance());
    }

    @Bean
    EchoRequestId echoRequestId() {
        return new EchoRequestId();
    }

    @Bean
    WebFluxRegistrations strictRequestMapping() {
        return new WebFluxRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new StrictRequestMapping();
            }
        };
    }

    @Bean
    WebFluxConfigurer queryRecords() {
        return new WebFluxConfigurer() {
            @Override
            public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
                configurer.addCustomResolver(new ReadQueryRecord());
            }
        };
    }

    /** Slow headers and slow bodies do not hold a connection for ever. */
    @Bean
    NettyServerCustomizer requestTimeout(WebEdgeSettings settings) {
        return server -> server.requestTimeout(settings.requestTimeout());
    }
}
