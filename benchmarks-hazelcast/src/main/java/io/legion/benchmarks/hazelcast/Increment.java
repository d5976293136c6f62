package io.legion.benchmarks.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds one to a counter; answers what it is then. Run at the owner of the entry, and again at each backup.
public final class Increment implements EntryProcessor<String, @Nullable Counter, Long>, IdentifiedDataSerializable {
    private static final long serialVersionUID = 1L;

    /// Also made by Hazelcast.
    public Increment() {}

    @Override
    public Long process(Map.Entry<String, @Nullable Counter> entry) {
        var next = Counter.after(entry.getValue());
        entry.setValue(next);
        return next.count();
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}

    @Override
    public int getFactoryId() {
        return Factory.ID;
    }

    @Override
    public int getClassId() {
        return Factory.INCREMENT;
    }
}
