package io.legion.runtime;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The inputs that wait for a node: any thread puts in, the owner of the node takes all at once.
///
/// A stack of linked letters (Treiber, 1986) that is turned round when it is taken: one compare-and-swap to put
/// a letter in, one exchange to take all, and each letter knows how many are below it, so that the bound costs
/// nothing.
///
/// **Threads.** Any.
final class Mailbox {
    private record Letter(Input input, int depth, @Nullable Letter below) {}

    private final AtomicReference<@Nullable Letter> top = new AtomicReference<>();
    private final int bound;

    Mailbox(int bound) {
        this.bound = bound;
    }

    /// Puts an input in, unless as many as the bound allows are there.
    ///
    /// @return false if it is full
    boolean offer(Input input) {
        return put(input, bound);
    }

    /// Puts an input in, full or not: for the few that Legion itself has.
    void force(Input input) {
        put(input, Integer.MAX_VALUE);
    }

    private boolean put(Input input, int limit) {
        while (true) {
            Letter below = top.get();
            int depth = below == null ? 1 : below.depth() + 1;
            if (depth > limit) {
                return false;
            }
            if (top.compareAndSet(below, new Letter(input, depth, below))) {
                return true;
            }
        }
    }

    /// Takes all inputs, in the order in which they were put in.
    void empty(Consumer<Input> taker) {
        for (Letter letter = turned(top.getAndSet(null)); letter != null; letter = letter.below()) {
            taker.accept(letter.input());
        }
    }

    private static @Nullable Letter turned(@Nullable Letter newest) {
        if (newest == null || newest.below() == null) {
            return newest;
        }
        Letter oldest = null;
        for (Letter letter = newest; letter != null; letter = letter.below()) {
            oldest = new Letter(letter.input(), 0, oldest);
        }
        return oldest;
    }

    boolean isEmpty() {
        return top.get() == null;
    }

    /// How many wait.
    int depth() {
        Letter newest = top.get();
        return newest == null ? 0 : newest.depth();
    }
}
