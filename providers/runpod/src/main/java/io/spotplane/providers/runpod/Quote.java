package io.spotplane.providers.runpod;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.support.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What RunPod asks for a pod at this moment, and what the account can pay: looked at before each order, because a spot pod costs what is bid for it, an
 * on-demand order has no price limit of its own, and an order without credit may be taken and never run.
 *
 * @param myself the account
 * @param gpuTypes the one type that was asked about
 */
record Quote(@Nullable Account myself, @Nullable List<Asked> gpuTypes) {

    static final String QUERY = """
            query Quote($id: String!, $count: Int!, $secure: Boolean!) {
              myself { clientBalance currentSpendPerHr spendLimit }
              gpuTypes(input: {id: $id}) {
                id
                lowestPrice(input: {gpuCount: $count, secureCloud: $secure}) { minimumBidPrice uninterruptablePrice }
              }
            }
            """;

    /** What one GPU costs an hour now; empty when the market names no price. */
    Optional<BigDecimal> pricePerGpu(CapacityType capacity) {
        return Optional.ofNullable(gpuTypes)
                .flatMap(types -> types.stream().findFirst())
                .map(Asked::lowestPrice)
                .map(price -> capacity == CapacityType.SPOT ? price.minimumBidPrice() : price.uninterruptablePrice())
                .filter(price -> price.signum() > 0);
    }

    /** Why the order must not be sent; empty when it may. */
    Optional<Verdict> objection(LaunchOrder order, BigDecimal pricePerGpu) {
        var price = podPrice(order, pricePerGpu);
        if (price.exceeds(order.maxPrice())) {
            return Optional.of(RunPodFaults.dearer(price + " is asked now, at most " + order.maxPrice() + " allowed"));
        }
        return Optional.ofNullable(myself).flatMap(account -> account.objection(price));
    }

    private static HourlyPrice podPrice(LaunchOrder order, BigDecimal pricePerGpu) {
        var gpu = order.offering().gpu();
        var count = gpu == null ? 1 : gpu.count();
        return HourlyPrice.per(new Money(pricePerGpu.multiply(BigDecimal.valueOf(count)), "USD"));
    }

    /** A GPU type with what is asked for it. */
    record Asked(@Nullable LowestPrice lowestPrice) {}

    /**
     * The account's money.
     *
     * @param clientBalance US dollars left
     * @param currentSpendPerHr US dollars that its pods cost an hour
     * @param spendLimit US dollars that they may cost an hour; null or 0 for no limit
     */
    record Account(
            @Nullable BigDecimal clientBalance,
            @Nullable BigDecimal currentSpendPerHr,
            @Nullable BigDecimal spendLimit) {

        /** RunPod requires credit for one hour to start a pod. */
        Optional<Verdict> objection(HourlyPrice price) {
            if (clientBalance != null && clientBalance.compareTo(price.amount()) < 0) {
                return Optional.of(RunPodFaults.balanceTooLow(
                        "the account holds " + clientBalance.toPlainString() + " USD, an hour costs " + price));
            }
            return wouldSpend(price)
                    .filter(spend -> spendLimit != null && spendLimit.signum() > 0 && spend.compareTo(spendLimit) > 0)
                    .map(spend -> RunPodFaults.spendLimit("the account would spend " + spend.toPlainString()
                            + " USD an hour, its limit is " + String.valueOf(spendLimit)));
        }

        private Optional<BigDecimal> wouldSpend(HourlyPrice price) {
            return Optional.ofNullable(currentSpendPerHr).map(spend -> spend.add(price.amount()));
        }
    }
}
