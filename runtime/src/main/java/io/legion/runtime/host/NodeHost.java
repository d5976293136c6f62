package io.legion.runtime.host;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.flight.NodeWaitFlight;
import io.legion.runtime.flight.TakeInFlight;
import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.frame.Item;
import io.legion.service.Logger;
import io.legion.service.OwnThread;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives a node its threads: those of its callers, and those that bring frames.
///
/// A thread that puts an input into the mailbox tries to become the node's owner. If it succeeds, it works off
/// the whole mailbox, for all callers (flat combining: Hendler and others, 2010). So a request that meets no
/// other runs in its caller's thread without any hand-over. While one thread writes to the store, the requests
/// of others gather for the next write and the next frames. Virtual threads leave this work to a gatherer. No
/// thread works for others without end: after some rounds the keeper's threads take over.
///
/// The host completes stages, and so calls back into the user's code, after it has released the node, at the
/// end of each round.
///
/// **Threads.** Any.
public final class NodeHost {
    private static final int ROUNDS = 16;

    /// A virtual thread that found itself alone looks for company again after this many requests.
    private static final int LONELY_REQUESTS = 32;

    /// The node hears of the wall clock when it has moved by this much against the even time: the two are read one
    /// after the other, and each is rounded.
    private static final int WALL_STEP_MILLIS = 2;

    private final Node node;
    private final Mailbox mailbox;
    private final FrameGate gate = new FrameGate();
    private final NodeClock clock;
    private final Executor keeper;
    private final Logger logger;
    private final Ownership owner = new Ownership();

    /// Callbacks to run once the node is free. Only its owner touches them.
    private Deque<Runnable> later = new ArrayDeque<>();

    /// The virtual thread that submitted last had no company: no other request came, and no caller waits for an
    /// answer. A guess, for which threads race; so is the number of requests since.
    private boolean lonely;

    private int alone;

    /// What the node last heard of the wall clock. Only its owner touches it.
    private long wallOffset;

    /// Until this is true, inputs wait.
    private volatile boolean begun;

    /// The node holds events back; for the thread that releases them.
    private volatile boolean holdsBack;

    private volatile @Nullable Thread releaser;

    private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

    /// A gatherer has started and not yet begun to work.
    private final AtomicBoolean gathers = new AtomicBoolean();

    /// The host has asked the keeper to work, and it has not begun: asking again would only take more threads.
    private final AtomicBoolean asked = new AtomicBoolean();

    public NodeHost(Node node, int mailboxBound, NodeClock clock, Executor keeper, Logger logger) {
        this.node = node;
        this.mailbox = new Mailbox(mailboxBound);
        this.clock = clock;
        this.keeper = keeper;
        this.logger = logger;
    }

    /// Begins to work: first this input, then those in the mailbox.
    public void begin(Input first) {
        withNode((begins, now) -> {
            first.enter(begins, now);
            begun = true;
        });
    }

    /// Puts a request in and works, unless another thread already does. A virtual thread leaves the work to a
    /// gatherer.
    ///
    /// @return false if too many requests wait
    public boolean submit(Input request) {
        boolean taken = mailbox.offer(recorded(request));
        if (taken && Thread.currentThread().isVirtual()) {
            askGatherer();
        } else if (taken) {
            work();
        }
        return taken;
    }

    /// The request, with the time that it waits here, if that is recorded.
    private static Input recorded(Input request) {
        var flight = new NodeWaitFlight();
        if (!flight.isEnabled()) {
            return request;
        }
        flight.begin();
        return (node, now) -> {
            flight.taken();
            request.enter(node, now);
        };
    }

    /// Starts a virtual thread that works for all virtual threads which are ready to run now: it runs after
    /// they have put their requests in. All these requests lead to one write, and one frame for each peer. And
    /// no caller keeps its carrier, however fast its answer comes.
    private void askGatherer() {
        if (!owner.isTaken() && gathers.compareAndSet(false, true)) {
            try {
                Thread.ofVirtual()
                        .name("legion-gatherer")
                        .inheritInheritableThreadLocals(false)
                        .start(this::gather);
            } catch (Throwable none) {
                gathers.set(false);
                throw none;
            }
        }
    }

    private void gather() {
        gathers.set(false);
        lonely = mailbox.depth() == 1 && node.view().unanswered() == 0;
        work();
    }

    /// True for a virtual thread that had company lately, or has not looked for any for a while.
    private boolean joinsOthers() {
        return Thread.currentThread().isVirtual() && (!lonely || ++alone % LONELY_REQUESTS == 0);
    }

    /// Lets this thread bring its own request to the node, if no other thread owns the node and no input waits
    /// for it. Otherwise leaves the call as it is. A virtual thread that may have company joins it instead, see
    /// [#submit].
    public void direct(DirectCall call) {
        if (joinsOthers()) {
            return;
        }
        if (!begun || !mailbox.isEmpty() || !owner.hasRoom() || !owner.tryTake()) {
            return;
        }
        // First come, first served: an input may have come since.
        asOwner(() -> mailbox.isEmpty() ? takeIn(call) : null);
        work();
    }

    /// Does something with the node, which this thread owns, and releases it; then runs what waits for that.
    private <T extends @Nullable Object> T asOwner(Supplier<T> action) {
        Deque<Runnable> told;
        T result;
        try {
            result = action.get();
            told = takeLater();
        } finally {
            owner.release();
        }
        told.forEach(this::tell);
        return result;
    }

    private @Nullable Void takeIn(Input input) {
        long now = now();
        var flight = new TakeInFlight();
        flight.begin();
        enter(input, now);
        flight.taken();
        enter(Node::flush, now);
        noteHeld();
        return null;
    }

    /// Puts a request in and lets the keeper work, unless another thread already does: for callers that must
    /// not wait for the disk.
    ///
    /// @return false if too many requests wait
    public boolean submitAway(Input request) {
        boolean taken = mailbox.offer(recorded(request));
        if (taken && !owner.isTaken()) {
            askKeeper();
        }
        return taken;
    }

    /// Tells the node the time.
    public void tick() {
        if (begun) {
            give(Node::tick);
        }
    }

    /// Puts in an input that must not be refused, and works.
    public void give(Input input) {
        mailbox.add(input);
        work();
    }

    /// Puts in an input that must not be refused, and lets the keeper work, unless another thread already does: for
    /// callers that must not wait for the disk.
    public void giveAway(Input input) {
        mailbox.add(input);
        if (!owner.isTaken()) {
            askKeeper();
        }
    }

    /// Frames of another node came. The node takes all of them in before it acts on any. The thread that brings
    /// them reads them here; while too many bytes of frames wait for the node, that thread waits too.
    public void received(NodeId from, List<Bytes> frames) {
        int bytes = 0;
        var items = new ArrayList<Item>();
        for (Bytes frame : frames) {
            bytes += frame.size();
            items.addAll(FrameCodec.readOrNone(from, frame, logger));
        }
        int size = bytes;
        gate.enter(frames.size(), size);
        mailbox.add((receiver, now) -> {
            gate.leave(frames.size(), size);
            receiver.receive(from, items, now);
        });
        work();
    }

    /// Runs this once the node is free. For the node's owner only.
    public void afterwards(Runnable told) {
        later.add(told);
    }

    /// How many requests wait.
    public int depth() {
        return mailbox.depth();
    }

    /// True if no caller waits for a first answer, and no thread is at the node. Does not wait for one that is.
    public boolean isQuiet() {
        if (!mailbox.isEmpty() || !owner.tryTake()) {
            return false;
        }
        try {
            return node.view().unanswered() == 0;
        } finally {
            owner.release();
            work();
        }
    }

    /// Runs an input with the node, when it is free.
    public void withNode(Input action) {
        change((changed, now) -> {
            action.enter(changed, now);
            return true;
        });
    }

    /// An action on a node at a time.
    public interface Action<T> {
        T on(Node node, long nowMillis);
    }

    /// Runs an action on the node, when it is free.
    public <T> T change(Action<T> action) {
        InEngine.requireOutside();
        if (!owner.hasRoom()) {
            return OwnThread.call("legion-call", () -> change(action));
        }
        owner.take();
        T result = asOwner(() -> {
            long now = now();
            T changed = action.on(node, now);
            node.flush(now);
            noteHeld();
            return changed;
        });
        work();
        return result;
    }

    /// Asks the node, when it is free.
    public <T> T ask(Function<NodeView, T> question) {
        InEngine.requireOutside();
        if (!owner.hasRoom()) {
            return OwnThread.call("legion-call", () -> ask(question));
        }
        owner.take();
        try {
            return question.apply(node.view());
        } finally {
            owner.release();
            work();
        }
    }

    /// Closes the node; no thread waits any more to bring it frames. If another thread is at the node for
    /// longer than the time allowed, as in a write that hangs, that thread closes it when it goes on.
    ///
    /// @return whether the node is closed
    public boolean close(Duration patience) {
        gate.close();
        Input closing = (node, _) -> {
            node.close();
            closed.complete(null);
        };
        if (owner.tryTake(patience)) {
            asOwner(() -> takeIn(closing));
            work();
        } else {
            give(closing);
        }
        return closed.isDone();
    }

    /// Done when the node is closed, and nothing calls its store any more.
    public CompletionStage<?> closed() {
        return closed;
    }

    private void askKeeper() {
        if (asked.compareAndSet(false, true)) {
            try {
                keeper.execute(this::workAsKeeper);
            } catch (RejectedExecutionException ended) {
                asked.set(false);
                var _ = OwnThread.start("legion-late", this::work);
            } catch (Throwable none) {
                // No memory for a thread, or no stack to start one: whoever comes next takes over, or who tells the
                // time.
                asked.set(false);
                logger.warning("No thread could be started for the work of this node: " + none
                        + ". The next caller or tick does it. See that the process has room for threads.");
            }
        }
    }

    private void workAsKeeper() {
        asked.set(false);
        work();
    }

    private void work() {
        // The owner sees an input that comes while it owns the node, if only after it has released it.
        for (int round = 0; begun && !mailbox.isEmpty() && !owner.isMine(); round++) {
            if (round == ROUNDS || !owner.hasRoom()) {
                askKeeper();
                return;
            }
            if (!owner.tryTake()) {
                return;
            }
            // The node takes in all that waits in the mailbox before it acts.
            asOwner(() -> takeIn((_, now) -> mailbox.empty(input -> enter(input, now))));
        }
    }

    /// The time for what the node takes in now. Called with the owner's lock.
    private long now() {
        long now = clock.millis();
        long offset = clock.wallOffset(now);
        if (Math.abs(offset - wallOffset) >= WALL_STEP_MILLIS) {
            wallOffset = offset;
            node.wallOffset(offset);
        }
        return now;
    }

    /// Called with the owner's lock, after a flush.
    private void noteHeld() {
        boolean before = holdsBack;
        holdsBack = node.holdsBack();
        if (holdsBack && !before) {
            LockSupport.unpark(releaser);
        }
    }

    /// Declares that this thread comes again and again; the host wakes it when there is something to
    /// [#release].
    public void releasedByThisThread() {
        releaser = Thread.currentThread();
    }

    /// True if the node holds events back for a moment.
    public boolean holdsBack() {
        return holdsBack;
    }

    /// Lets the node look whether it has held events back long enough.
    public void release() {
        give((_, _) -> {});
    }

    /// An input that fails is left out alone: the node takes in the others all the same.
    private void enter(Input input, long now) {
        try {
            input.enter(node, now);
        } catch (Throwable broken) {
            // Errors too: one would take the rest of the mailbox with it, and perhaps the thread that tells the
            // time.
            logger.error("Something could not be taken in, and was left out: " + broken, broken);
        }
    }

    /// A callback of a user must not harm the thread that runs it.
    private void tell(Runnable told) {
        try {
            told.run();
        } catch (Throwable broken) {
            logger.error("An answer could not be given, and was left out: " + broken, broken);
        }
    }

    private Deque<Runnable> takeLater() {
        var told = later;
        if (!told.isEmpty()) {
            later = new ArrayDeque<>();
        }
        return told;
    }
}
