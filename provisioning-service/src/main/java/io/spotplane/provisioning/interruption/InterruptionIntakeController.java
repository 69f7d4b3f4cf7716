package io.spotplane.provisioning.interruption;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.providers.spi.InterruptionIntake;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.interruption.RecordInterruption.Outcome;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where providers push their notices. They prove themselves by their own key, not by a token. */
@RestController
@Tag(name = "Provider events")
class InterruptionIntakeController {

    private final List<InterruptionIntake> intakes;
    private final RecordInterruption interruptions;
    private final AccountWake wake;

    InterruptionIntakeController(
            ObjectProvider<InterruptionIntake> intakes, RecordInterruption interruptions, AccountWake wake) {
        this.intakes = intakes.orderedStream().toList();
        this.interruptions = interruptions;
        this.wake = wake;
    }

    @PostMapping(path = "/v1/provider-events/{provider}", consumes = "application/json")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Take in a provider's notice",
            description =
                    "The body is the provider's own event (for aws an EventBridge event); its key comes in the provider's header. "
                            + "Events of other kinds are accepted and dropped.")
    @ApiResponse(responseCode = "202", description = "Recorded, or a repeat")
    @ApiResponse(responseCode = "401", description = "The key is missing or wrong")
    @ApiResponse(responseCode = "404", description = "No such provider pushes events here")
    Mono<Void> receive(@PathVariable String provider, @RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
        var intake = intakeOf(provider);
        var key = headers.getFirst(intake.keyHeader());
        if (key == null || !intake.accepts(key)) {
            throw ProblemException.of(
                    ProblemType.UNAUTHENTICATED,
                    "The header " + intake.keyHeader() + " must carry this provider's key");
        }
        return Flux.fromIterable(read(intake, body)).concatMap(this::record).then();
    }

    private Mono<Void> record(InterruptionSignal signal) {
        return interruptions
                .record(signal)
                .filter(outcome -> outcome == Outcome.UNMATCHED)
                .flatMap(_ -> wake.lookWithin(signal.provider(), Duration.ZERO));
    }

    private InterruptionIntake intakeOf(String provider) {
        return intakes.stream()
                .filter(intake -> intake.provider().equals(provider))
                .findFirst()
                .orElseThrow(() ->
                        ProblemException.of(ProblemType.NOT_FOUND, "No provider of this name pushes events here"));
    }

    private static List<InterruptionSignal> read(InterruptionIntake intake, byte[] body) {
        try {
            return intake.read(body);
        } catch (IllegalArgumentException unreadable) {
            throw ProblemException.of(ProblemType.MALFORMED_BODY, String.valueOf(unreadable.getMessage()));
        }
    }
}
