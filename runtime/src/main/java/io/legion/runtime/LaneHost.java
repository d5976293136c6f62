package io.legion.runtime;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Gives a lane its threads: those of its callers.
///
/// Whoever puts an input into the mailbox tries to become the lane's owner, and if that succeeds works off the
/// whole mailbox, for everybody (flat combining: Hendler and others, 2010). So a request that meets no other
/// runs in its caller's thread without any hand-over; and while one thread forces the disk, the others'
/// requests gather for the next write. Nobody works for others without end: after some rounds the rest is
/// handed to the keeper's threads.
///
/// What is called back into the user's code is called after the lane was given free.
///
/// **Threads.** Any.
final class LaneHost {
    private static final int ROUNDS = 16;

    private final Lane lane;
    private final Mailbox mailbox;
    private final InstantSource clock;
    private final Executor keeper;
    private final ReentrantLock owner = new ReentrantLock();

    /// What is to be told once the lane is free; touched by its owner only.
    private Deque<Runnable> later = new ArrayDeque<>();

    private volatile boolean needsTicks;

    /// The keeper was asked to work and has not begun to: asking again would only take more threads.
    private final AtomicBoolean asked = new AtomicBoolean();

    LaneHost(Lane lane, int mailboxBound, InstantSource clock, Executor keeper) {
        this.lane = lane;
        this.mailbox = new Mailbox(mailboxBound);
        this.clock = clock;
        this.keeper = keeper;
    }

    /// Puts an input in and works, unless another thread does already.
    ///
    /// @return false if too much waits
    boolean submit(Input input) {
        boolean taken = mailbox.offer(input);
        if (taken) {
            work();
        }
        return taken;
    }

    /// Puts an input in and lets the keeper work, unless another thread does already: for callers that must not
    /// wait for the disk.
    ///
    /// @return false if too much waits
    boolean submitAway(Input input) {
        boolean taken = mailbox.offer(input);
        if (taken && !owner.isLocked()) {
            askKeeper();
        }
        return taken;
    }

    /// Tells the lane the time, if it wants to know.
    void tick() {
        if (needsTicks || !mailbox.isEmpty()) {
            mailbox.force(Lane::tick);
            work();
        }
    }

    /// To be run once the lane is free; called by the lane's owner.
    void afterwards(Runnable told) {
        later.add(told);
    }

    int depth() {
        return mailbox.depth();
    }

    boolean isQuiet() {
        return mailbox.isEmpty() && !needsTicks;
    }

    /// Runs something with the lane, when it is free.
    void withLane(Consumer<Lane> action) {
        Deque<Runnable> told;
        owner.lock();
        try {
            action.accept(lane);
            lane.flush();
            needsTicks = lane.needsTicks();
            told = takeLater();
        } finally {
            owner.unlock();
        }
        told.forEach(Runnable::run);
        work();
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
        // An input that is put in while the lane is owned is seen by its owner: in the loop, or after the unlock.
        while (!mailbox.isEmpty() && !owner.isHeldByCurrentThread() && owner.tryLock()) {
            Deque<Runnable> told;
            boolean enough;
            try {
                enough = rounds();
                told = takeLater();
            } finally {
                owner.unlock();
            }
            told.forEach(Runnable::run);
            if (enough) {
                askKeeper();
                return;
            }
        }
    }

    /// True if there was too much to do for one thread.
    private boolean rounds() {
        for (int round = 0; !mailbox.isEmpty(); round++) {
            if (round == ROUNDS) {
                return true;
            }
            mailbox.emptyInto(lane, clock.millis());
            lane.flush();
            needsTicks = lane.needsTicks();
        }
        return false;
    }

    private Deque<Runnable> takeLater() {
        var told = later;
        if (!told.isEmpty()) {
            later = new ArrayDeque<>();
        }
        return told;
    }
}
