package io.legion.core.codec;

import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;

/// One derived codec for each version that brought something to a type ([io.legion.core.Since]), derived when it is
/// first needed. A type that never changed has one, which is found without a look at anything.
///
/// Any number of threads may use it at once.
final class Versions<T> {
    private final RecordCodec<T> newest;
    private final TypeUse type;
    private final CodecLimits limits;

    /// The versions that brought something; the first is 1.
    private final NavigableSet<Integer> brought;

    private final int newestVersion;
    private final ConcurrentHashMap<Integer, RecordCodec<T>> older = new ConcurrentHashMap<>();

    /// The alternatives of a sealed interface into which no version later than their own brought anything. Looked up by
    /// class, never iterated.
    private final Map<Class<?>, Integer> finished = new HashMap<>();

    Versions(RecordCodec<T> newest, TypeUse type, CodecLimits limits) {
        this.newest = newest;
        this.type = type;
        this.limits = limits;
        this.brought = Sinces.inside(type);
        this.newestVersion = brought.last();
        if (newestVersion > 1 && type.raw().isSealed()) {
            finish(type);
        }
    }

    private void finish(TypeUse sealed) {
        for (Class<?> permitted : sealed.raw().getPermittedSubclasses()) {
            TypeUse use = sealed.permitted(permitted);
            if (permitted.isSealed()) {
                finish(use);
            } else if (Sinces.inside(use).last() <= Sinces.of(permitted)) {
                finished.put(permitted, Sinces.of(permitted));
            }
        }
    }

    int newestVersion() {
        return newestVersion;
    }

    @SuppressWarnings("ReferenceEquality") // one codec for each version
    boolean isNewest(RecordCodec<T> codec) {
        return codec == newest;
    }

    RecordCodec<T> at(int version) {
        if (version >= newestVersion) {
            return newest;
        }
        if (version < 1) {
            throw new IllegalArgumentException("versions begin with 1, and this is " + version);
        }
        return older.computeIfAbsent(brought.floor(version), same -> new RecordCodec<>(type, limits, this, same));
    }

    /// The first version that writes the value as the newest one does, once it is read again.
    int firstVersionOf(T value) {
        if (newestVersion == 1) {
            return 1;
        }
        Integer own = finished.get(value.getClass());
        return own != null ? own : tried(value);
    }

    private int tried(T value) {
        byte[] whole = newest.encode(value);
        for (int version : brought) {
            if (version == newestVersion || isWhole(value, whole, at(version))) {
                return version;
            }
        }
        return newestVersion;
    }

    private boolean isWhole(T value, byte[] whole, RecordCodec<T> codec) {
        try {
            return Arrays.equals(whole, newest.encode(codec.decode(codec.encode(value))));
        } catch (CodecException unknownThere) {
            return false;
        }
    }
}
