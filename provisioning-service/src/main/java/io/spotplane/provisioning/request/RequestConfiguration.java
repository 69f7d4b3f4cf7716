package io.spotplane.provisioning.request;

import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.web.IdempotentWrites;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class RequestConfiguration {

    @Bean
    SubmitCapacityRequest submitCapacityRequest(
            RequestLimits limits, Accounts accounts, Book book, InstantSource clock) {
        return new SubmitCapacityRequest(new Admission(limits, accounts.providers()), book, clock);
    }

    @Bean
    CapacityRequests capacityRequests(
            SubmitCapacityRequest submissions,
            IdempotentWrites writes,
            Book book,
            ReadModel reads,
            Supplier<UUID> ids,
            JsonMapper json,
            InstantSource clock) {
        return new CapacityRequests(submissions, writes, book, reads, ids, json, clock);
    }
}
