package io.spotplane.outbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;

/** The one thread on which this service sends: rounds while there is work, otherwise it waits for a wake-up or the poll. */
final class RelayThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RelayThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Relay relay;
    private final DatabaseSignals signals;
    private final OutboxSettings settings;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;
    private @Nullable Disposable listening;

    RelayThread(Relay relay, DatabaseSignals signals, OutboxSettings settings) {
        this.relay = relay;
        this.signals = signals;
        this.settings = settings;
    }

    @Override
    public void start() {
        running = true;
        listening = signals.on("outbox").subscribe(signal -> wakeUps.release());
        thread = Thread.ofPlatform().name("outbox-relay").start(this::run);
    }

    private void run() {
        var backoff = settings.pollInterval();
        while (running) {
            switch (round()) {
                case ANNOUNCED -> backoff = settings.pollInterval();
                case NOTHING_TO_DO -> {
                    backoff = settings.pollInterval();
                    waitForWork();
                }
                case BROKER_FAILED -> backoff = rest(backoff);
            }
        }
    }

    private Relay.Round round() {
        try {
            return relay.round();
        } catch (RuntimeException e) {
            log.warn("Outbox cannot be read, trying again: {}", e.toString());
            return Relay.Round.BROKER_FAILED;
        }
    }

    private void waitForWork() {
        try {
            if (wakeUps.tryAcquire(settings.pollInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Waits {@code backoff} and returns the next, longer one. Wake-ups do not shorten it: the broker is what is missing. */
    private Duration rest(Duration backoff) {
        try {
            Thread.sleep(backoff);
        } catch (InterruptedException e) {
            running = false;
        }
        var doubled = backoff.multipliedBy(2);
        return doubled.compareTo(settings.maxBackoff()) < 0 ? doubled : settings.maxBackoff();
    }

    /** Lets the round end, which gives its shards back; a round that hangs is interrupted and its leases run out. */
    @Override
    public void stop() {
        running = false;
        wakeUps.release();
        if (listening != null) {
            listening.dispose();
        }
        if (thread != null) {
            join(thread);
        }
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
