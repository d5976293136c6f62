package io.legion.core.shard;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;

/// From when on a version of a type is active (R80): events later than `time` are applied under it, up to the next
/// boundary of the type.
///
/// @param type the number of the partition type
/// @param version the version
/// @param time of a clock
public record VersionBoundary(int type, int version, long time) {
    static void write(WireOutput out, VersionBoundary boundary) {
        out.fixed32(boundary.type);
        out.varLong(boundary.version);
        out.fixed64(boundary.time);
    }

    static VersionBoundary read(WireInput in) {
        return new VersionBoundary(in.fixed32(), Math.toIntExact(in.varLong()), in.fixed64());
    }
}
