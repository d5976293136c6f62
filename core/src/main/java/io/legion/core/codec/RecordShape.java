package io.legion.core.codec;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A record: its fields that are not zero, in ascending order of their keys.
///
/// @param fields in that order
/// @param writer writes all fields of a record
/// @param components give the value of each field
/// @param reader reads all fields and calls the constructor
/// @param owner takes records over
/// @param lastKey the key of the last field, 0 without fields
record RecordShape(
        String name,
        List<Field> fields,
        BiConsumer<WireOutput, Object> writer,
        List<Function<Object, @Nullable Object>> components,
        Function<WireInput, Object> reader,
        RecordOwner owner,
        int lastKey)
        implements Shape.Body {

    static RecordShape of(String name, List<Field> fields, RecordAssembly assembly) {
        return new RecordShape(
                name,
                fields,
                assembly.writer(),
                assembly.components(),
                assembly.reader(),
                assembly.owner(),
                fields.isEmpty() ? 0 : fields.getLast().key());
    }

    @Override
    public boolean isFixed() {
        return owner.parts().isEmpty();
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        return owner.own(before, value, levels);
    }

    /// Whether one component alone is a text, bytes or a collection with more than `most` items.
    boolean hasLonger(Object value, int most) {
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.isWritten()
                    && !field.type().isPrimitive()
                    && length(components.get(i).apply(value)) > most) {
                return true;
            }
        }
        return false;
    }

    /// The fewest bytes that a value takes, as far as its length tells.
    private static int length(@Nullable Object value) {
        return switch (value) {
            case String text -> text.length();
            case Bytes bytes -> bytes.size();
            case Collection<?> items -> items.size();
            case Map<?, ?> entries -> entries.size();
            case null, default -> 0;
        };
    }

    @Override
    public void writeBody(Object value, WireOutput out) {
        writer.accept(out, value);
    }

    @Override
    public void writeBodyGrowth(Object before, Object after, WireOutput out) {
        for (int i = 0; i < fields.size(); i++) {
            Function<Object, @Nullable Object> component = components.get(i);
            fields.get(i).writeGrowth(component.apply(before), component.apply(after), out);
        }
    }

    @Override
    public Object readBody(WireInput in) {
        Object value = construct(in);
        in.skipUnknown(lastKey);
        return value;
    }

    private Object construct(WireInput in) {
        try {
            return reader.apply(in);
        } catch (CodecException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new CodecException("the constructor of " + name + " refused what was read: " + e.getMessage(), e);
        }
    }
}
