package io.legion.core.shard;

import io.legion.core.codec.WireOutput;
import java.util.function.Consumer;

/// Records that the store does not have yet, encoded one after the other, in the order of their positions in
/// history.
final class NewRecords {
    /// A larger buffer is not kept for the next ones.
    private static final int MOST_KEPT = 512 * 1024;

    /// Reused: an object that grows for some seconds and then dies costs a collector most.
    private WireOutput encoded = new WireOutput();

    private long first;
    private long last;
    private int count;

    /// Where to write one more.
    WireOutput next(long position) {
        first = count == 0 ? position : first;
        last = position;
        count++;
        return encoded;
    }

    /// The position of the first.
    long first() {
        return first;
    }

    /// The position of the last.
    long last() {
        return last;
    }

    /// Writes them as a list, as [io.legion.core.codec.WireInput#list] reads it.
    void write(WireOutput out) {
        out.varLong(count);
        out.raw(encoded);
    }

    /// Gives them away, if there are any.
    void drain(Consumer<NewRecords> taker) {
        if (count > 0) {
            taker.accept(this);
            clear();
        }
    }

    private void clear() {
        count = 0;
        if (encoded.buffer().length > MOST_KEPT) {
            encoded = new WireOutput();
        }
        encoded.clear();
    }
}
