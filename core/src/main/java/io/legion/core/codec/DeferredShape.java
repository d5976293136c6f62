package io.legion.core.codec;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stands for the shape of a record or sealed interface inside itself, such as a tree in a tree.
final class DeferredShape implements Shape.Body {
    private final String name;
    private Shape.@Nullable Body target;

    DeferredShape(String name) {
        this.name = name;
    }

    void resolve(Shape.Body shape) {
        target = shape;
    }

    Shape.Body target() {
        return Objects.requireNonNull(target, "used while its codec is being derived");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void writeBody(Object value, WireOutput out) {
        target().writeBody(value, out);
    }

    @Override
    public void writeBodyGrowth(Object before, Object after, WireOutput out) {
        target().writeBodyGrowth(before, after, out);
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        return target().own(before, value, levels);
    }

    @Override
    public Object readBody(WireInput in) {
        return target().readBody(in);
    }
}
