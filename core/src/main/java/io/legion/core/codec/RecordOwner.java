package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Takes records over: see [Shape#own]. A record in which nothing can change stays as it is; another one is made
/// anew, as it is when its bytes are read.
///
/// @param parts the components whose values may not be owned
/// @param components give the value of each component, as it is written
/// @param constructor makes a record of the values of all components
record RecordOwner(
        List<Part> parts,
        List<Function<Object, @Nullable Object>> components,
        Function<@Nullable Object[], Object> constructor) {

    /// One component.
    ///
    /// @param place its place among all components
    /// @param held gives what the record itself holds, since an accessor of the user's may give something else;
    ///     null where the codec has no access to it
    record Part(int place, Field field, @Nullable Function<Object, @Nullable Object> held) {
        private @Nullable Object own(@Nullable Object before, @Nullable Object value, int levels) {
            try {
                if (field.kind() == Field.Kind.OPTIONAL) {
                    var optional = (Optional<?>) Shape.present(value, "Optional: use Optional.empty()");
                    return OptionalShape.own(field.shape(), before, optional, levels);
                }
                // A collection that is null is refused.
                boolean isLeftOut = !field.type().isPrimitive() && field.shape().isZero(value);
                return value == null || isLeftOut
                        ? field.shape().zero()
                        : field.shape().own(before, value, levels - 1);
            } catch (CodecException e) {
                throw e.within(field.name());
            }
        }

        /// Whether the record can keep its own value of this component.
        @SuppressWarnings("ReferenceEquality") // see Shape
        private boolean stays(Object record, @Nullable Object before, @Nullable Object value, @Nullable Object owned) {
            if (owned != value || field.type().isPrimitive()) {
                return owned == value;
            }
            return held == null ? value == null || value == before : held.apply(record) == value;
        }
    }

    /// @param before an owned record, or null
    Object own(@Nullable Object before, Object record, int levels) {
        Object like = before != null && before.getClass() == record.getClass() ? before : null;
        @Nullable Object[] values = null;
        for (Part part : parts) {
            Function<Object, @Nullable Object> component = components.get(part.place);
            Object value = component.apply(record);
            Object known = like == null ? null : component.apply(like);
            Object owned = part.own(known, value, levels);
            if (values == null && !part.stays(record, known, value, owned)) {
                values = values(record);
            }
            if (values != null) {
                values[part.place] = owned;
            }
        }
        return values == null ? record : constructor.apply(values);
    }

    private @Nullable Object[] values(Object record) {
        @Nullable Object[] values = new @Nullable Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = components.get(i).apply(record);
        }
        return values;
    }
}
