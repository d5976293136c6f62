package io.legion.runtime.client;

import io.legion.LegionSettings;
import io.legion.RequestException;
import io.legion.core.RequestId;
import io.legion.core.shard.Replica;
import io.legion.runtime.host.DirectCall;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.NodeClock;
import io.legion.runtime.host.NodeHost;
import io.legion.service.Monitor;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Brings the calls of this node's users to the node, as long as it is open.
///
/// **Threads.** Any.
public final class CallerContext {
    private static final Duration LOOK = Duration.ofMillis(1);
    private static final Duration HELD = Duration.ofMillis(Replica.HELD_MILLIS);

    private final LegionSettings settings;
    private final NodeClock clock;
    private final RequestIds ids;
    private final Meters meters;
    private final NodeHost host;
    private final Completions completions;
    private final Deadlines deadlines = Deadlines.open();
    private final ExecutorService keeper;
    private final Monitor.Registration gauge;
    private final Thread ticker;
    private volatile boolean refusing;
    private volatile boolean closing;

    /// @param keeper shut down when this is closed
    public CallerContext(
            LegionSettings settings,
            NodeHost host,
            RequestIds ids,
            NodeClock clock,
            Monitor monitor,
            ExecutorService keeper) {
        this.settings = settings;
        this.host = host;
        this.ids = ids;
        this.clock = clock;
        this.keeper = keeper;
        this.meters = new Meters(monitor);
        this.completions = new Completions(
                host, task -> Thread.ofVirtual().name("legion-callback").start(task));
        this.gauge = monitor.gauge("legion.mailbox", host::depth);
        this.ticker = Thread.ofPlatform().daemon().name("legion-ticker").start(this::tick);
    }

    /// Brings a request to the node in this thread, if it can at once.
    void direct(DirectCall call, RequestId id) {
        requireOpen(id);
        host.direct(call);
    }

    /// Gives a call to the node, and waits until its slot is filled or the time is over.
    ///
    /// @param endNanos when the time is over
    void run(Input call, Slot<?> slot, @Nullable RequestId id, long endNanos) {
        requireOpen(id);
        if (!host.submit(call)) {
            throw refused(id);
        }
        await(slot, endNanos);
    }

    /// As [#run], for a call that may have changed something already: it is never refused.
    void runAgain(Input call, Slot<?> slot, long endNanos) {
        host.give(call);
        await(slot, endNanos);
    }

    private void await(Slot<?> slot, long endNanos) {
        if (!slot.isFilled()) {
            deadlines.await(slot, endNanos);
        }
    }

    /// Has another thread give a call to the node, and does not wait for the answer.
    void start(Input call, @Nullable RequestId id) {
        requireOpen(id);
        if (!host.submitAway(call)) {
            throw refused(id);
        }
    }

    void requireOpen(@Nullable RequestId id) {
        if (refusing) {
            throw new RequestException.Closed(
                    "this Legion is closed, or is closing; nothing was changed", id, RequestException.Fate.NOT_APPLIED);
        }
    }

    private RequestException refused(@Nullable RequestId id) {
        meters.refused();
        return new RequestException.Overloaded(
                settings.mailbox() + " requests wait already (the setting mailbox). Nothing was changed; "
                        + "try again after a while.",
                id);
    }

    public NodeHost host() {
        return host;
    }

    Completions completions() {
        return completions;
    }

    RequestIds ids() {
        return ids;
    }

    Meters meters() {
        return meters;
    }

    int shards() {
        return settings.shards();
    }

    long maxEventBytes() {
        return settings.maxEvent().bytes();
    }

    Duration timeout() {
        return settings.requestTimeout();
    }

    /// When a call that begins now gets no answer any more, on the node's clock.
    long deadlineMillis(Duration timeout) {
        return clock.millis() + timeout.toMillis();
    }

    /// Tells the node the time; in between, while the node holds events back, lets it look at them.
    private void tick() {
        host.releasedByThisThread();
        long next = System.nanoTime();
        while (!closing) {
            long rest = next - System.nanoTime();
            if (rest <= 0) {
                host.tick();
                next = System.nanoTime() + settings.tick().toNanos();
            } else if (host.holdsBack()) {
                pause(HELD);
                host.release();
            } else {
                LockSupport.parkNanos(rest);
            }
        }
    }

    /// Refuses new calls from now on. Waits until those under way have ended and events held back have gone to the
    /// others, for the close timeout at most.
    public void drain() {
        refusing = true;
        waitUntil(settings.closeTimeout(), () -> host.isQuiet() && !host.holdsBack());
    }

    /// Checks the condition again and again, for at most `patience`.
    ///
    /// @return the last answer
    public boolean waitUntil(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            pause(LOOK);
        }
        return true;
    }

    /// Refuses new calls, and fails those that still wait.
    public void close() {
        refusing = true;
        closing = true;
        ticker.interrupt();
        host.close();
        gauge.close();
        keeper.shutdown();
        deadlines.close();
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
