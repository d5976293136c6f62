package io.legion.runtime.host;

import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.frame.Item;
import io.legion.spi.Frames;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.service.Logger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives a node its threads: those of its callers, and those that bring frames.
///
/// Whoever puts an input into the mailbox tries to become the node's owner, and if that succeeds works off the
/// whole mailbox, for everybody (flat combining: Hendler and others, 2010). So a request that meets no other
/// runs in its caller's thread without any hand-over; and while one thread writes to the store, the others'
/// requests gather for the next write and the next frames. Virtual threads have a gatherer that does so for them.
/// Nobody works for others without end: after some rounds the keeper's threads take over.
///
/// What is called back into the user's code is called after the node has been released; so are the callers woken, after
/// each round.
///
/// **Threads.** Any.
public final class NodeHost {
    private static final int ROUNDS = 16;

    /// A virtual thread that found itself alone looks again for company after so many requests.
    private static final int LONELY_REQUESTS = 32;

    private final Node node;
    private final Mailbox mailbox;
    private final FrameGate gate = new FrameGate();
    private final InstantSource clock;
    private final Executor keeper;
    private final Logger logger;
    private final ReentrantLock owner = new ReentrantLock();

    /// What is to be told once the node is free; touched by its owner only.
    private Deque<Runnable> later = new ArrayDeque<>();

    /// The virtual thread that submitted last had no company: nobody else came, and nobody waits for an answer. A
    /// guess, for which threads race; so is the number of requests that were made since.
    private boolean lonely;

    private int alone;

    /// Until then, inputs wait.
    private volatile boolean begun;

    /// The node holds events back; told to the thread that is to release them.
    private volatile boolean holdsBack;

    private volatile @Nullable Thread releaser;

    /// A gatherer was started and has not begun to work.
    private final AtomicBoolean gathers = new AtomicBoolean();

    /// The keeper was asked to work and has not begun to: asking again would only take more threads.
    private final AtomicBoolean asked = new AtomicBoolean();

    NodeHost(Node node, int mailboxBound, InstantSource clock, Executor keeper, Logger logger) {
        this.node = node;
        this.mailbox = new Mailbox(mailboxBound);
        this.clock = clock;
        this.keeper = keeper;
        this.logger = logger;
    }

    /// Begins to work: first this, then whatever has been put in.
    void begin(Input first) {
        withNode((begins, now) -> {
            first.enter(begins, now);
            begun = true;
        });
    }

    /// Puts a request in and works, unless another thread does already. A virtual thread leaves the work to a
    /// gatherer.
    ///
    /// @return false if too many requests wait
    boolean submit(Input request) {
        boolean taken = mailbox.offer(request);
        if (taken && Thread.currentThread().isVirtual()) {
            askGatherer();
        } else if (taken) {
            work();
        }
        return taken;
    }

    /// A virtual thread of its own works for those that are ready to run now: it comes after them, when they have
    /// put their requests in. All of them lead to one write, and one frame for each peer. And no caller keeps its
    /// carrier, however fast it is answered.
    private void askGatherer() {
        if (!owner.isLocked() && gathers.compareAndSet(false, true)) {
            try {
                Thread.ofVirtual().name("legion-gatherer").start(this::gather);
            } catch (Throwable none) {
                gathers.set(false);
                throw none;
            }
        }
    }

    private void gather() {
        gathers.set(false);
        lonely = mailbox.depth() == 1 && node.unanswered() == 0;
        work();
    }

    /// True for a virtual thread that had company lately, or has not looked for some for a while.
    private boolean joinsOthers() {
        return Thread.currentThread().isVirtual() && (!lonely || ++alone % LONELY_REQUESTS == 0);
    }

    /// Lets this thread bring its own request to the node, if nobody else is at that and nothing waits for it.
    /// Otherwise the call is left as it is. A virtual thread that may have company rather joins it, see [#submit].
    void direct(DirectCall call) {
        if (joinsOthers()) {
            return;
        }
        if (!begun || !mailbox.isEmpty() || owner.isHeldByCurrentThread() || !owner.tryLock()) {
            return;
        }
        Deque<Runnable> told;
        try {
            // Who came first comes first: something may have been put in since.
            if (mailbox.isEmpty()) {
                long now = clock.millis();
                enter(call, now);
                enter(Node::flush, now);
                noteHeld();
            }
            told = takeLater();
        } finally {
            owner.unlock();
        }
        told.forEach(Runnable::run);
        work();
    }

    /// Puts a request in and lets the keeper work, unless another thread does already: for callers that must not
    /// wait for the disk.
    ///
    /// @return false if too many requests wait
    boolean submitAway(Input request) {
        boolean taken = mailbox.offer(request);
        if (taken && !owner.isLocked()) {
            askKeeper();
        }
        return taken;
    }

    /// Tells the node the time.
    void tick() {
        if (begun) {
            force(Node::tick);
        }
    }

    /// Puts an input in that must not be refused, and works.
    void force(Input input) {
        mailbox.force(input);
        work();
    }

    /// Frames of another node came, all of which the node takes in before it does anything for one of them. They
    /// are read here, in the thread that brings them; while too many bytes of frames wait for the node, that thread
    /// waits too.
    void received(NodeId from, List<Bytes> frames) {
        int bytes = 0;
        var items = new ArrayList<Item>();
        for (Bytes frame : frames) {
            bytes += frame.size();
            items.addAll(FrameCodec.readOrNone(from, frame, logger));
        }
        int size = bytes;
        gate.enter(frames.size(), size);
        mailbox.force((receiver, now) -> {
            gate.leave(frames.size(), size);
            receiver.receive(from, items, now);
        });
        work();
    }

    /// To be run once the node is free; called by the node's owner.
    void afterwards(Runnable told) {
        later.add(told);
    }

    /// How many requests wait.
    int depth() {
        return mailbox.depth();
    }

    /// True if nobody waits for a first answer.
    boolean isQuiet() {
        return mailbox.isEmpty() && ask(Node::unanswered) == 0;
    }

    /// Runs something with the node, when it is free.
    void withNode(Input action) {
        change((changed, now) -> {
            action.enter(changed, now);
            return true;
        });
    }

    /// Something done to a node at a time.
    interface Action<T> {
        T on(Node node, long nowMillis);
    }

    /// Does something to the node, when it is free.
    <T> T change(Action<T> action) {
        Deque<Runnable> told;
        T result;
        owner.lock();
        try {
            long now = clock.millis();
            result = action.on(node, now);
            node.flush(now);
            noteHeld();
            told = takeLater();
        } finally {
            owner.unlock();
        }
        told.forEach(Runnable::run);
        work();
        return result;
    }

    /// What the node says, when it is free.
    <T> T ask(Function<Node, T> question) {
        owner.lock();
        try {
            return question.apply(node);
        } finally {
            owner.unlock();
            work();
        }
    }

    /// No frame waits for the node any more: nothing more is taken in.
    void close() {
        gate.close();
        withNode((closing, _) -> closing.close());
    }

    private void askKeeper() {
        if (asked.compareAndSet(false, true)) {
            try {
                keeper.execute(this::workAsKeeper);
            } catch (RejectedExecutionException closed) {
                workAsKeeper();
            }
        }
    }

    private void workAsKeeper() {
        asked.set(false);
        work();
    }

    private void work() {
        // An input that is put in while the node is owned is seen by its owner: after the unlock at the latest.
        for (int round = 0; begun && !mailbox.isEmpty() && !owner.isHeldByCurrentThread(); round++) {
            if (round == ROUNDS) {
                askKeeper();
                return;
            }
            if (!owner.tryLock()) {
                return;
            }
            Deque<Runnable> told;
            try {
                round();
                told = takeLater();
            } finally {
                owner.unlock();
            }
            told.forEach(Runnable::run);
        }
    }

    /// All that waits in the mailbox is taken in before the node acts.
    private void round() {
        long now = clock.millis();
        mailbox.empty(input -> enter(input, now));
        enter(Node::flush, now);
        noteHeld();
    }

    /// With the owner's lock, after a flush.
    private void noteHeld() {
        boolean before = holdsBack;
        holdsBack = node.holdsBack();
        if (holdsBack && !before) {
            LockSupport.unpark(releaser);
        }
    }

    /// This thread comes again and again, and is woken when there is something to [#release].
    void releasedByThisThread() {
        releaser = Thread.currentThread();
    }

    /// True if the node holds events back for a moment.
    boolean holdsBack() {
        return holdsBack;
    }

    /// Lets the node look whether events were held back long enough.
    void release() {
        force((_, _) -> {});
    }

    /// What one input breaks is its own: the others' inputs are taken in all the same.
    private void enter(Input input, long now) {
        try {
            input.enter(node, now);
        } catch (Throwable broken) {
            // An error too: it would take the rest of the mailbox with it, and perhaps the thread that tells the time.
            logger.error("Something could not be taken in, and was left out: " + broken, broken);
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
