package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// A wish that a version of a type becomes active in a shard (R81).
///
/// @param type the number of the partition type
/// @param version the version
public record Raise(int type, int version) {
    static void write(WireOutput out, Raise raise) {
        out.fixed32(raise.type);
        out.varLong(raise.version);
    }

    static Raise read(WireInput in) {
        return new Raise(in.fixed32(), Math.toIntExact(in.varLong()));
    }
}
