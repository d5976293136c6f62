package io.legion.core.placement;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.List;

/// What a node says of the release of the service that it runs (R87).
///
/// @param name what people call it; empty if it has no name
/// @param holds true if no version is to become active unless an operator orders it
/// @param types what it says of each partition type, in the order of their numbers
public record NodeRelease(String name, boolean holds, List<OfType> types) {
    /// Nothing is known of the release.
    public static final NodeRelease UNKNOWN = new NodeRelease("", false, List.of());

    /// One partition type.
    ///
    /// @param type its number
    /// @param minimum the oldest version that the release runs
    /// @param newest the newest one
    /// @param active the highest version that is active in one of the node's shards; 0 if none is
    /// @param ordered the version that an operator has ordered to become active although it is held; 0 for none
    public record OfType(int type, int minimum, int newest, int active, int ordered) {
        static void write(WireOutput out, OfType type) {
            out.fixed32(type.type);
            out.varLong(type.minimum);
            out.varLong(type.newest);
            out.varLong(type.active);
            out.varLong(type.ordered);
        }

        static OfType read(WireInput in) {
            return new OfType(in.fixed32(), version(in), version(in), version(in), version(in));
        }

        private static int version(WireInput in) {
            return Math.toIntExact(in.varLong());
        }
    }

    /// @param types is copied
    public NodeRelease {
        types = List.copyOf(types);
    }

    boolean isKnown() {
        return !types.isEmpty();
    }

    /// What it says of a type; nothing but zeros of one that it does not have.
    public OfType type(int number) {
        return types.stream().filter(one -> one.type == number).findFirst().orElse(new OfType(number, 0, 0, 0, 0));
    }

    /// Whether it runs a version of a type.
    public boolean runs(int type, int version) {
        OfType known = type(type);
        return known.minimum <= version && version <= known.newest;
    }

    void write(WireOutput out) {
        out.string(name);
        out.flag(holds);
        out.list(types, OfType::write);
    }

    static NodeRelease read(WireInput in) {
        return new NodeRelease(in.string(), in.flag(), in.list(OfType::read));
    }
}
