package io.legion.operations;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.codec.DescribedValue;
import io.legion.core.codec.ValueJson;
import io.legion.spi.TypeDescription;

/// Stored states as JSON, for people who look at them, without the classes of the service: by the shape of their type.
/// Components stand in the order of their names, and what is zero, empty or null is left out.
public final class StateJson {
    /// About the most characters of a state.
    private static final int MOST = 64 << 20;

    private StateJson() {}

    /// A state of this type.
    ///
    /// @param state as the codec of the type wrote it
    /// @throws CodecException if it is of another type, or the codec is one of the user's own
    public static String of(TypeShape type, Bytes state) {
        var shape = TypeDescription.ofState(type.shape());
        if (shape.isEmpty()) {
            throw new CodecException("the states of the type '" + type.name()
                    + "' are written by a codec of the service's own, which only the service can read");
        }
        return ValueJson.of(DescribedValue.read(shape, state.shared()), MOST).text();
    }
}
