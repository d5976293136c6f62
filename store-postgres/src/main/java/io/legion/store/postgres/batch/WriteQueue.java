package io.legion.store.postgres.batch;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writers that wait while another write is under way become one write, in the order in which they came: one
/// round trip and one commit for all.
public final class WriteQueue {

    /// A group that is larger takes no further batch.
    private static final int MOST_BYTES = 4 << 20;

    /// A batch that waits; its caller does not change it meanwhile.
    public static final class Waiting {
        private final Batch batch;
        private final Durability durability;
        private boolean done;
        private @Nullable Throwable failure;

        private Waiting(Batch batch, Durability durability) {
            this.batch = batch;
            this.durability = durability;
        }

        public Batch batch() {
            return batch;
        }

        public Durability durability() {
            return durability;
        }
    }

    private final Consumer<List<Waiting>> writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    /// @param writer writes some batches, all of them or none
    public WriteQueue(Consumer<List<Waiting>> writer) {
        this.writer = writer;
    }

    /// Returns when the batch is written.
    ///
    /// @throws RuntimeException what the writer threw
    public void write(Batch batch, Durability durability) {
        var own = new Waiting(batch, durability);
        lock.lock();
        try {
            waiting.add(own);
            while (!own.done) {
                if (busy) {
                    changed.awaitUninterruptibly();
                } else {
                    lead();
                }
            }
        } finally {
            lock.unlock();
        }
        rethrow(own.failure);
    }

    /// Writes those that wait, without the lock meanwhile.
    private void lead() {
        busy = true;
        var group = take();
        Throwable failure = null;
        lock.unlock();
        try {
            writer.accept(group);
        } catch (Throwable failed) {
            failure = failed;
        } finally {
            lock.lock();
            busy = false;
            for (var each : group) {
                each.done = true;
                each.failure = failure;
            }
            changed.signalAll();
        }
    }

    private List<Waiting> take() {
        var group = new ArrayList<Waiting>();
        long bytes = 0;
        while (!waiting.isEmpty()
                && (group.isEmpty() || bytes + waiting.element().batch.size() <= MOST_BYTES)) {
            var next = waiting.remove();
            bytes += next.batch.size();
            group.add(next);
        }
        return group;
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException failed) {
            throw failed;
        }
    }
}
