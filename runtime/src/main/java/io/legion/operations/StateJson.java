package io.legion.operations;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.codec.ValueJson;

/// Stored states as JSON, for people who look at them, as in a [PartitionReport].
public final class StateJson {
    /// About the most characters of a state.
    private static final int MOST = 64 << 20;

    private StateJson() {}

    /// A state of this type.
    ///
    /// @param state as the codec of the type wrote it
    /// @throws io.legion.core.CodecException if the codec cannot read it
    public static String of(PartitionType<?> type, Bytes state) {
        return ValueJson.of(type.stateCodec().decode(state.shared()), MOST).text();
    }
}
