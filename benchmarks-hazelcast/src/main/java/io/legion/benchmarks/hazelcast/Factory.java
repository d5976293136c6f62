package io.legion.benchmarks.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;

/// Makes what Hazelcast reads, by number instead of by reflection.
final class Factory implements DataSerializableFactory {
    static final int ID = 1;
    static final int COUNTER = 1;
    static final int INCREMENT = 2;

    @Override
    public IdentifiedDataSerializable create(int type) {
        return switch (type) {
            case COUNTER -> new Counter();
            case INCREMENT -> new Increment();
            default -> throw new IllegalArgumentException("there is no class " + type);
        };
    }
}
