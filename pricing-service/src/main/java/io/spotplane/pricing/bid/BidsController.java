package io.spotplane.pricing.bid;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import io.spotplane.web.QueryRecord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import java.time.Clock;
import java.util.Arrays;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What to bid, over HTTP. */
@RestController
@RequestMapping("/v1/bids")
@PreAuthorize("hasAuthority('plans:read')")
@Tag(
        name = "Bids",
        description = "What to bid in auctions of spot capacity, by what their past prices would have done to each bid")
class BidsController {

    private final AdviseBid advise;
    private final Clock clock;

    BidsController(AdviseBid advise, Clock clock) {
        this.advise = advise;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "What to bid for an offering",
            description =
                    "Every bid that its market accepts with its prospects, and the cheapest that keeps the wanted survival. Winners pay the market"
                            + " price and not their bid, so a bid is a limit and not a cost; it only decides for how long one keeps the machine.")
    @ApiResponse(responseCode = "200", description = "The bids, the chosen one and what it rests on")
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells it now",
            content = {})
    @ApiResponse(
            responseCode = "409",
            description = "Its market takes no bids; the detail says what to do instead",
            content = {})
    Mono<BidAnswer> bids(
            @Parameter(example = "rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot") @RequestParam @NotBlank
                    String offering,
            @QueryRecord BidFilters filters) {
        var wish = filters.wish();
        return advise.on(offering, wish).map(advice -> BidAnswer.of(advice, wish, clock.instant()));
    }

    @GetMapping(path = "/{offering}/replay.svg", produces = "image/svg+xml")
    @Operation(
            summary = "The past prices of an auction and the bids of the three strategies, as a picture",
            description = "Where the market stood above a bid, that bid had no machine.")
    @ApiResponse(responseCode = "200", description = "The picture")
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells it now",
            content = {})
    @ApiResponse(
            responseCode = "409",
            description = "Its market takes no bids, or nothing is known of its past",
            content = {})
    Mono<String> picture(
            @Parameter(example = "rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot") @PathVariable
                    String offering) {
        return Flux.fromIterable(Arrays.asList(Strategy.CONSERVATIVE, Strategy.BALANCED, Strategy.AGGRESSIVE))
                .concatMap(strategy -> advise.on(offering, Wish.of(strategy))
                        .map(advice -> new ReplayPicture.Choice(strategy, advice)))
                .collectList()
                .map(choices -> {
                    if (choices.getFirst().advice().record().path().isEmpty()) {
                        throw ProblemException.of(
                                ProblemType.STATE_CONFLICT, "no past prices of this offering are known yet");
                    }
                    return new ReplayPicture(choices).svg();
                });
    }
}
