package io.legion.runtime.host;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The inputs that wait for a node: any thread puts inputs in, the owner of the node takes all at once.
///
/// A stack of linked letters (Treiber, 1986), reversed when it is taken: one compare-and-swap puts a letter in,
/// one exchange takes all. Each letter counts the requests below it, so the bound costs nothing.
///
/// The bound counts requests alone. What other nodes send waits here too, with a bound of its own
/// ([FrameGate]). If it counted here, a pause of this process would be enough to refuse requests, however few
/// there are.
///
/// **Threads.** Any.
final class Mailbox {
    /// @param requests how many of this letter and those below it are requests
    private record Letter(
            Input input, int requests, @Nullable Letter below) {}

    private final AtomicReference<@Nullable Letter> top = new AtomicReference<>();
    private final int bound;

    Mailbox(int bound) {
        this.bound = bound;
    }

    /// Puts a request in, unless the bound is reached.
    ///
    /// @return false if it is full
    boolean offer(Input request) {
        while (true) {
            Letter below = top.get();
            int requests = requests(below);
            if (requests >= bound) {
                return false;
            }
            if (top.compareAndSet(below, new Letter(request, requests + 1, below))) {
                return true;
            }
        }
    }

    /// Puts an input in that is no request: a frame, the time, news of other nodes.
    void add(Input input) {
        Letter below;
        do {
            below = top.get();
        } while (!top.compareAndSet(below, new Letter(input, requests(below), below)));
    }

    private static int requests(@Nullable Letter top) {
        return top == null ? 0 : top.requests();
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

    /// How many requests wait.
    int depth() {
        return requests(top.get());
    }
}
