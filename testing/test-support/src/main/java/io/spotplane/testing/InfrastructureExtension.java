package io.spotplane.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** JUnit's side of {@link Infrastructure}: skip when impossible, start early, hand in the handles. */
final class InfrastructureExtension implements ExecutionCondition, BeforeAllCallback, ParameterResolver {

    private final RunningServers servers = RunningServers.OF_THIS_JVM;

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        var reason = servers.unavailable();
        return reason.isEmpty()
                ? ConditionEvaluationResult.enabled("servers can be had")
                : ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        servers.require(Demand.of(context.getRequiredTestClass()).services());
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == PostgresServer.class || type == RedisServer.class || type == KafkaServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var demand = Demand.of(context.getRequiredTestClass());
        var type = parameter.getParameter().getType();
        if (type == PostgresServer.class) {
            return demand.postgres(servers);
        }
        return type == RedisServer.class ? demand.redis(servers) : demand.kafka(servers);
    }
}
