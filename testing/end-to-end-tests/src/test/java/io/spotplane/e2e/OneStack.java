package io.spotplane.e2e;

import java.util.Optional;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The stack of this run: started before the first class that wants it, stopped after the last, handed to tests as a
 * parameter. A start that failed has failed for every class, with the same reason.
 */
final class OneStack implements BeforeAllCallback, AfterAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        of(context).weather().clear();
    }

    /** A part that died under one class would fail the next ones for no reason of their own. */
    @Override
    public void afterAll(ExtensionContext context) {
        of(context).refuseTheDead();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningStack.class;
    }

    @Override
    public RunningStack resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return of(context);
    }

    private static RunningStack of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(OneStack.class, key -> Attempt.now(), Attempt.class)
                .stack();
    }

    /** What came of starting it; JUnit closes it at the end of the run. */
    private record Attempt(Optional<RunningStack> running, String failure) implements AutoCloseable {

        static Attempt now() {
            try {
                return new Attempt(Optional.of(RunningStack.start()), "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Attempt(Optional.empty(), "interrupted");
            } catch (Exception e) {
                return new Attempt(Optional.empty(), String.valueOf(e.getMessage()));
            }
        }

        RunningStack stack() {
            return running.orElseThrow(() -> new AssertionError("The stack did not start, so no test ran. " + failure));
        }

        @Override
        public void close() throws Exception {
            if (running.isPresent()) {
                running.get().stop();
            }
        }
    }
}
