package io.legion.runtime.client;

import io.legion.LegionSettings;
import io.legion.RequestException;
import io.legion.core.Consistency;
import io.legion.core.RequestId;
import io.legion.core.shard.Replica;
import io.legion.operations.LoadReport;
import io.legion.operations.Troubles;
import io.legion.runtime.host.DirectCall;
import io.legion.runtime.host.InEngine;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.NodeClock;
import io.legion.runtime.host.NodeHost;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.trace.Trace;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.Tracer;
import java.time.Duration;
import java.util.List;
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
    private final Logger logger;
    private final @Nullable Tracer tracer;
    private final Monitor.Registration gauge;
    private final Thread ticker;
    private volatile boolean refusing;
    private volatile boolean closing;

    /// @param keeper shut down when this is closed
    /// @param tracer null where nobody traces
    public CallerContext(
            LegionSettings settings,
            NodeHost host,
            RequestIds ids,
            NodeClock clock,
            Monitor monitor,
            Logger logger,
            ExecutorService keeper,
            @Nullable Tracer tracer) {
        this.tracer = tracer;
        this.logger = logger;
        this.settings = settings;
        this.host = host;
        this.ids = ids;
        this.clock = clock;
        this.keeper = keeper;
        this.meters = new Meters(monitor);
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        this.completions = new Completions(host, task -> callBack(task, loader));
        this.gauge = monitor.gauge("legion.mailbox", host::depth);
        this.ticker = Thread.ofPlatform()
                .daemon()
                .name("legion-ticker")
                .inheritInheritableThreadLocals(false)
                .start(this::tick);
    }

    /// Callbacks see the class loader of whoever opened this Legion.
    private static void callBack(Runnable task, ClassLoader loader) {
        var thread = Thread.ofVirtual()
                .name("legion-callback")
                .inheritInheritableThreadLocals(false)
                .unstarted(task);
        thread.setContextClassLoader(loader);
        thread.start();
    }

    /// Brings a request to the node in this thread, if it can at once.
    void direct(DirectCall call, RequestId id) {
        requireReady(id);
        host.direct(call);
    }

    /// Gives a call to the node, and waits until its slot is filled or the time is over.
    ///
    /// @param endNanos when the time is over
    void run(Input call, Slot<?> slot, @Nullable RequestId id, long endNanos) {
        requireReady(id);
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

    /// @throws RequestException.Interrupted if this thread cannot wait
    private void requireReady(@Nullable RequestId id) {
        requireOpen(id);
        if (Thread.currentThread().isInterrupted()) {
            throw new RequestException.Interrupted(
                    "the calling thread was interrupted before this call; nothing was asked and nothing was changed",
                    id,
                    RequestException.Fate.NOT_APPLIED);
        }
    }

    /// What a call that ended without an answer throws.
    ///
    /// @param what names it, if it is no request
    /// @param id of the request; null for a read or a search
    RequestException unanswered(String what, Slot<?> slot, Duration timeout, @Nullable RequestId id) {
        String outcome = id == null
                ? ""
                : ": the event may be applied or not; a retry with the same request id " + id
                        + " changes the state at most once";
        if (Thread.currentThread().isInterrupted()) {
            return new RequestException.Interrupted(
                    "the calling thread was interrupted while it waited for the answer" + what + outcome,
                    id,
                    RequestException.Fate.UNKNOWN);
        }
        meters.timedOut();
        return new RequestException.TimedOut("no answer" + what + " within " + timeout + slot.reason() + outcome, id);
    }

    /// @throws IllegalStateException if this thread works for a node
    void requireOpen(@Nullable RequestId id) {
        InEngine.requireOutside();
        if (refusing) {
            throw new RequestException.Closed(
                    "this Legion is closed, or is closing; nothing was changed", id, RequestException.Fate.NOT_APPLIED);
        }
    }

    private RequestException refused(@Nullable RequestId id) {
        return unanswered(
                new NoAnswer(
                        NoAnswer.Reason.OVERLOADED,
                        settings.mailbox() + " requests wait already (the setting mailbox). Nothing was changed; "
                                + "try again after a while."),
                id);
    }

    /// What a call throws of which is known why it gets no answer. Whatever refused it for too much work, it is
    /// counted here, and apart what this node itself had no room for.
    ///
    /// @param id of the request; null for a read or a search
    RequestException unanswered(NoAnswer none, @Nullable RequestId id) {
        if (none.reason() == NoAnswer.Reason.OVERLOADED) {
            meters.refusedHere();
        } else if (none.reason() == NoAnswer.Reason.REPLICA_OVERLOADED) {
            meters.refused();
        }
        return Answers.exception(none, id);
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

    /// Traces a request from here on; null if it is not to be traced.
    @Nullable
    Trace trace(String type, int shard, Consistency consistency) {
        Trace trace = Trace.begin(tracer, "legion.request", null, shard);
        if (trace != null) {
            trace.tag("legion.type", type);
            trace.tag("legion.consistency", consistency.name());
        }
        return trace;
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

    /// What this node's callers have asked so far.
    ///
    /// @param refusedOfOthers how many calls of other nodes this node had no room for
    public LoadReport load(long refusedOfOthers) {
        return meters.load(refusedOfOthers);
    }

    /// What callers saw that is wrong, or may be.
    ///
    /// @param keptOut what the cluster service says
    public Troubles troubles(List<Troubles.KeptOut> keptOut) {
        return meters.troubles(keptOut);
    }

    /// How long ago this Legion was opened, by the even time.
    public Duration uptime() {
        return clock.age();
    }

    /// When a call that begins now gets no answer any more, on the node's clock.
    public long deadlineMillis(Duration timeout) {
        return clock.deadlineMillis(timeout);
    }

    /// Tells the node the time; in between, while the node holds events back, lets it look at them.
    private void tick() {
        host.releasedByThisThread();
        long next = System.nanoTime();
        while (!closing) {
            try {
                next = tickIfDue(next);
            } catch (Throwable failure) {
                // Whatever it is, as an error of the virtual machine: without the time nobody's deadline comes.
                logger.error("A tick of this node failed, and the next one comes in a moment: " + failure, failure);
                pause(HELD);
            }
        }
    }

    /// Waits a while or tells the node the time.
    ///
    /// @return when to tell it next
    private long tickIfDue(long next) {
        long rest = next - System.nanoTime();
        if (rest <= 0) {
            host.tick();
            return System.nanoTime() + settings.tick().toNanos();
        }
        if (host.holdsBack()) {
            pause(HELD);
            host.release();
        } else {
            LockSupport.parkNanos(rest);
        }
        return next;
    }

    /// Refuses new calls from now on.
    public void refuse() {
        refusing = true;
    }

    /// Refuses new calls from now on. Waits until those under way have ended and events held back have gone
    /// to the others, for the close timeout at most.
    public void drain() {
        refuse();
        waitUntil(settings.closeTimeout(), () -> host.isQuiet() && !host.holdsBack());
    }

    /// Checks the condition again and again, for at most `patience`, or until this thread is interrupted.
    ///
    /// @return the last answer
    public boolean waitUntil(Duration patience, BooleanSupplier condition) {
        return waitUntil(patience, LOOK, condition);
    }

    /// As above, with so much time between two checks.
    public boolean waitUntil(Duration patience, Duration interval, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause(interval);
        }
        return true;
    }

    /// Refuses new calls, and fails those that still wait.
    ///
    /// @return false if the node is not closed yet, because a thread is still at it
    public boolean close() {
        refuse();
        closing = true;
        LockSupport.unpark(ticker);
        boolean closed = host.close(settings.closeTimeout());
        gauge.close();
        keeper.shutdown();
        deadlines.close();
        return closed;
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
