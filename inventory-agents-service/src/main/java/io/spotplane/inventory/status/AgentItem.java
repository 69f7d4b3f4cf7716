package io.spotplane.inventory.status;

import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.LoggedRun;
import io.spotplane.inventory.merged.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One agent.
 *
 * @param name such as {@code ca1.servers}
 * @param source the cloud or catalogue it looks at
 * @param schedule how often, how long at most, how many calls at a time
 * @param outcome {@code believed}, {@code suspicious}, {@code failed} or {@code late}; null before the first look
 * @param lastRunAt when the last look began
 * @param lastSuccessAt when the last believed look began
 * @param durationMs how long the last look took
 * @param serialMs how long its remote calls took, summed: the time of the same look without concurrency
 * @param speedUp serialMs ÷ durationMs; null when it made no remote call
 * @param items what the last believed look saw: servers for the servers' agent, hosts and aggregates for the others
 * @param itemsPerSecond items ÷ duration of the last look; null when that one was not believed
 * @param calls remote calls of the last look
 * @param consecutiveFailures looks since the last believed one
 * @param error why the last look did not count; null when it did
 * @param unreachable hosts that did not answer the last time and keep what they said before
 * @param ageSeconds age of the last good snapshot; null when there is none
 * @param stale whether that is older than the schedule explains
 */
record AgentItem(
        String name,
        String source,
        Schedule schedule,
        @Nullable String outcome,
        @Nullable Instant lastRunAt,
        @Nullable Instant lastSuccessAt,
        @Nullable Long durationMs,
        @Nullable Long serialMs,
        @Nullable Double speedUp,
        @Nullable Integer items,
        @Nullable Double itemsPerSecond,
        @Nullable Integer calls,
        @Nullable Integer consecutiveFailures,
        @Nullable String error,
        List<String> unreachable,
        @Nullable Long ageSeconds,
        boolean stale) {

    /** How often, how long at most, how many calls at a time. */
    record Schedule(Duration every, Duration timeout, int concurrency) {

        static Schedule of(Agent<?> agent) {
            return new Schedule(agent.schedule().every(), agent.schedule().timeout(), agent.concurrency());
        }
    }

    static AgentItem of(SourceState<?> state, Instant now) {
        var run = new Run(Optional.ofNullable(state.run()));
        var status = state.status(now);
        return new AgentItem(
                state.source().name(),
                state.source().provider(),
                Schedule.of(state.agent()),
                run.get(LoggedRun::outcome),
                run.get(LoggedRun::startedAt),
                run.get(LoggedRun::lastSuccessAt),
                run.get(last -> last.took().toMillis()),
                run.get(last -> last.serial().toMillis()),
                run.get(LoggedRun::speedUp),
                run.get(LoggedRun::believedSize),
                run.get(LoggedRun::itemsPerSecond),
                run.get(LoggedRun::calls),
                run.get(LoggedRun::consecutiveFailures),
                status.error(),
                status.unreachable(),
                status.ageSeconds(),
                status.stale());
    }

    private record Run(Optional<LoggedRun> last) {

        <V> @Nullable V get(Function<LoggedRun, @Nullable V> part) {
            return last.isPresent() ? part.apply(last.get()) : null;
        }
    }
}
