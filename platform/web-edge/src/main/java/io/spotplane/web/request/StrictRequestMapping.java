package io.spotplane.web.request;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/** Finds the controller method as usual and refuses query parameters that it does not declare. */
final class StrictRequestMapping extends RequestMappingHandlerMapping {

    private final DeclaredQueryParameters declared = new DeclaredQueryParameters();

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod handler, ServerWebExchange exchange) {
        super.handleMatch(mapping, handler, exchange);
        declared.check(handler, exchange.getRequest().getQueryParams().keySet());
    }
}
