package io.spotplane.pricing.offering;

import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.QueryRecord;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The cost score of the former tools as a ranking, over HTTP. Scores every match, so it runs beside the event loop. */
@RestController
@PreAuthorize("hasAuthority('offerings:read')")
@Tag(name = "Offerings")
class RankingsController {

    private static final String NOTHING_COUNTS = "NOTHING_COUNTS";

    private final Storefront storefront;
    private final OfferingAnswers answers;

    RankingsController(Storefront storefront, OfferingAnswers answers) {
        this.storefront = storefront;
        this.answers = answers;
    }

    @GetMapping("/v1/rankings")
    @Operation(
            summary = "Offerings by cost score, best first",
            description =
                    "score = price an hour / (wCpu x vCPU + wMem x GiB + wGpu x GPUs), by the billed price; lower is better. Takes the same filters as"
                            + " the list of offerings. What has nothing that counts is left out, and counted.")
    @ApiResponse(responseCode = "200", description = "A page of the ranking")
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
    Mono<ResponseEntity<RankingPage>> rank(@QueryRecord OfferingFilters filters, @QueryRecord RankingShape shape) {
        return Mono.fromSupplier(() -> page(filters, shape)).subscribeOn(Schedulers.parallel());
    }

    private ResponseEntity<RankingPage> page(OfferingFilters filters, RankingShape shape) {
        var query = filters.query(Sort.PRICE);
        var metric = shape.metricAndWeights();
        var question = PageToken.fingerprint(query.fingerprint() + metric.score());
        var after = ScoredPosition.in(shape.pageToken(), question);
        answers.refuseWhileEmpty();
        var ranking = storefront.rank(query, metric.score(), after, shape.limit());
        var now = answers.now();
        var sources = answers.sources(now, ranking.asked());
        var more = ranking.more();
        var etag = OfferingAnswers.etag(
                question + metric.metric() + after + shape.limit() + "x" + shape.nodes(), ranking.asked(), sources);
        return answers.answer(
                etag,
                new RankingPage(
                        ranking.items().stream()
                                .map(item -> shown(now, item, shape.nodes()))
                                .toList(),
                        more == null ? null : more.asToken(question),
                        metric,
                        new RankingPage.LeftOut(ranking.leftOut(), NOTHING_COUNTS),
                        sources));
    }

    private RankingPage.Item shown(Instant now, Ranking.Scored item, @Nullable Integer nodes) {
        return new RankingPage.Item(item.position().score().rounded(), answers.shown(now, item.found(), nodes));
    }
}
