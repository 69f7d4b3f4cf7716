package io.spotplane.web.problem;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.web.FaultTranslation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Problems as the only form of failure. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class ProblemAutoConfiguration {

    @Bean
    ProblemResponses problemResponses(
            ObjectProvider<FaultTranslation> translations, JsonMapper json, MeterRegistry meters) {
        return new ProblemResponses(new Diagnosis(translations.orderedStream().toList()), json, meters);
    }

    @Bean
    ProblemExceptionHandler problemExceptionHandler(ProblemResponses responses) {
        return new ProblemExceptionHandler(responses);
    }

    @Bean
    AnswerUnreadableTargets answerUnreadableTargets(JsonMapper json, MeterRegistry meters) {
        return new AnswerUnreadableTargets(json, meters);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.dao.DataAccessException")
    static class Stores {

        @Bean
        FaultTranslation storeFaults() {
            return new StoreFaults();
        }
    }
}
