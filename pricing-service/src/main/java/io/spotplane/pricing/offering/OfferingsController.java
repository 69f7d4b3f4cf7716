package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.ProblemException;
import io.spotplane.web.QueryRecord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What is for sale, over HTTP. Every answer carries a weak ETag; asking again with it costs 304 until something changed. */
@RestController
@RequestMapping("/v1/offerings")
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Offerings", description = "What GPUs and nodes cost and where they are for sale")
class OfferingsController {

    private final Storefront storefront;
    private final OfferingAnswers answers;

    OfferingsController(Storefront storefront, OfferingAnswers answers) {
        this.storefront = storefront;
        this.answers = answers;
    }

    @GetMapping
    @Operation(
            summary = "Offerings, cheapest first",
            description =
                    "Values of one filter are alternatives, filters add up; filters that contradict each other are refused. Each price carries its source and its age; each market that was"
                            + " asked is named in sources, also when it could not be reached.")
    @ApiResponse(responseCode = "200", description = "A page of offerings")
    @ApiResponse(
            responseCode = "304",
            description = "Nothing changed since the ETag of If-None-Match",
            content = {})
    @ApiResponse(
            responseCode = "400",
            description = "A parameter is not valid",
            content = {})
    @ApiResponse(
            responseCode = "503",
            description = "No market was ever collected",
            content = {})
    Mono<ResponseEntity<OfferingPage>> list(@QueryRecord OfferingFilters filters, @QueryRecord ListShape shape) {
        return Mono.fromSupplier(() -> page(filters, shape));
    }

    private ResponseEntity<OfferingPage> page(OfferingFilters filters, ListShape shape) {
        var query = filters.query(shape.order());
        var position = Position.in(shape.pageToken(), query);
        answers.refuseWhileEmpty();
        var findings = storefront.search(query, position, shape.limit());
        var now = answers.now();
        var sources = answers.sources(now, findings.asked());
        var more = findings.more();
        var question = query.fingerprint() + position + shape.limit() + "x" + shape.nodes();
        return answers.answer(
                OfferingAnswers.etag(question, findings.asked(), sources),
                new OfferingPage(
                        shown(now, findings.items(), shape.nodes()),
                        more == null ? null : more.asToken(query),
                        sources));
    }

    private List<OfferedOffering> shown(Instant now, List<Storefront.Found> found, @Nullable Integer nodes) {
        return found.stream().map(item -> answers.shown(now, item, nodes)).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One offering", description = "As it is for sale now.")
    @ApiResponse(responseCode = "200", description = "The offering")
    @ApiResponse(
            responseCode = "304",
            description = "Nothing changed since the ETag of If-None-Match",
            content = {})
    @ApiResponse(
            responseCode = "404",
            description = "Nobody sells it now",
            content = {})
    Mono<ResponseEntity<OfferedOffering>> one(
            @Parameter(
                            description = "provider:region:zone:type:capacity",
                            example = "aws:us-east-1:us-east-1a:g6.xlarge.x1:spot")
                    @PathVariable
                    String id,
            @Parameter(description = "Adds what this many of it cost an hour and a month", example = "5")
                    @RequestParam(required = false)
                    @Min(1)
                    @Max(ListShape.MAX_NODES)
                    @Nullable
                    Integer nodes) {
        return Mono.fromSupplier(() -> {
            answers.refuseWhileEmpty();
            var offered = storefront
                    .offering(id)
                    .map(found -> answers.shown(answers.now(), found, nodes))
                    .orElseThrow(OfferingsController::unknown);
            return answers.answer(etag(offered), offered);
        });
    }

    private static ProblemException unknown() {
        return ProblemException.of(ProblemType.NOT_FOUND, "nobody sells an offering with this id now");
    }

    private static String etag(OfferedOffering offered) {
        return PageToken.fingerprint(offered.offering() + "|" + offered.stale() + "|" + offered.forNodes());
    }
}
