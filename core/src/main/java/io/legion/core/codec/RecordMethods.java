package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes and reads one field. Fields that are zero are left out, so a field that is missing is zero.
///
/// [RecordAssembly] finds the methods by name: `write` or `read` and the [Field.Kind].
final class RecordMethods {
    private RecordMethods() {}

    static void writeInteger(Field field, WireOutput out, long value) {
        if (value != 0) {
            out.fixed32(field.key());
            out.signedVarLong(value);
        }
    }

    static long readInteger(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key()) ? Scalars.ranged(in, field.min(), field.max()) : 0;
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static void writeBoolean(Field field, WireOutput out, boolean value) {
        if (value) {
            out.fixed32(field.key());
            out.writeByte(1);
        }
    }

    static boolean readBoolean(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key()) && Scalars.readBoolean(in);
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static void writeFloat(Field field, WireOutput out, float value) {
        int bits = Float.floatToIntBits(value);
        if (bits != 0) {
            out.fixed32(field.key());
            out.fixed32(bits);
        }
    }

    static float readFloat(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key()) ? Float.intBitsToFloat(in.fixed32()) : 0;
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static void writeDouble(Field field, WireOutput out, double value) {
        long bits = Double.doubleToLongBits(value);
        if (bits != 0) {
            out.fixed32(field.key());
            out.fixed64(bits);
        }
    }

    static double readDouble(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key()) ? Double.longBitsToDouble(in.fixed64()) : 0;
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static void writeObject(Field field, WireOutput out, @Nullable Object value) {
        try {
            if (!field.shape().isZero(value) && value != null) {
                out.fixed32(field.key());
                field.shape().write(value, out);
            }
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static @Nullable Object readObject(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key())
                    ? field.shape().read(in)
                    : field.shape().zero();
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static void writeOptional(Field field, WireOutput out, @Nullable Object value) {
        try {
            Optional<?> optional = (Optional<?>) Shape.present(value, "Optional: use Optional.empty()");
            if (optional.isPresent()) {
                out.fixed32(field.key());
                field.shape().write(optional.get(), out);
            }
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }

    static Object readOptional(Field field, WireInput in) {
        try {
            return in.seek(field.previous(), field.key())
                    ? Optional.of(field.shape().read(in))
                    : Optional.empty();
        } catch (CodecException e) {
            throw e.within(field.name());
        }
    }
}
