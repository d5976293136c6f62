package io.legion.core.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An optional value inside a collection: a block that is empty or holds the value. (As a component of a record
/// it is written like the value itself, or left out: see [RecordMethods].)
record OptionalShape(Shape content) implements Shape {
    @Override
    public String name() {
        return "optional<" + content.name() + ">";
    }

    @Override
    public int wireType() {
        return WireType.BLOCK;
    }

    @Override
    public void write(Object value, WireOutput out) {
        int start = out.open();
        ((Optional<?>) value).ifPresent(present -> content.write(present, out));
        out.close(start);
    }

    @Override
    public Object read(WireInput in) {
        int outer = in.open();
        Optional<Object> value = in.remaining() == 0 ? Optional.empty() : Optional.of(content.read(in));
        in.close(outer);
        return value;
    }

    @Override
    public @Nullable Object zero() {
        return Optional.empty();
    }

    @Override
    public boolean isZero(@Nullable Object value) {
        return ((Optional<?>) Shape.present(value, "Optional: use Optional.empty()")).isEmpty();
    }

    @Override
    public boolean isFixed() {
        return content.isFixed();
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        return own(content, before, (Optional<?>) value, levels);
    }

    /// An optional with its content owned; the same object if it is that already.
    @SuppressWarnings("ReferenceEquality") // see Shape
    static Object own(Shape content, @Nullable Object before, Optional<?> value, int levels) {
        if (value.isEmpty()) {
            return value;
        }
        Object known = before instanceof Optional<?> optional ? optional.orElse(null) : null;
        Object owned = content.own(known, value.get(), levels - 1);
        return owned == value.get() ? value : Optional.of(owned);
    }

    @Override
    public boolean evolves() {
        return content.evolves();
    }
}
