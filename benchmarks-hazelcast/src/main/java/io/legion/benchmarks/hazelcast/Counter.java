package io.legion.benchmarks.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The state: a counter, and 64 bytes that stand for the rest of a small state.
public final class Counter implements IdentifiedDataSerializable {
    private static final int REST_BYTES = 64;

    private long count;
    private byte[] rest;

    /// The initial state; also made by Hazelcast, to read another one into.
    public Counter() {
        this(0, new byte[REST_BYTES]);
    }

    private Counter(long count, byte[] rest) {
        this.count = count;
        this.rest = rest;
    }

    /// The state after one more.
    static Counter after(@Nullable Counter before) {
        var base = before == null ? new Counter() : before;
        return new Counter(base.count + 1, base.rest);
    }

    long count() {
        return count;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(count);
        out.writeByteArray(rest);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        count = in.readLong();
        rest = Objects.requireNonNull(in.readByteArray());
    }

    @Override
    public int getFactoryId() {
        return Factory.ID;
    }

    @Override
    public int getClassId() {
        return Factory.COUNTER;
    }
}
