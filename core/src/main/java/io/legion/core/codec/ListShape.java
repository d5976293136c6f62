package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list: a block of the number of elements and the elements.
record ListShape(Shape element) implements Shape {
    @Override
    public String name() {
        return "list<" + element.name() + ">";
    }

    @Override
    public int wireType() {
        return WireType.BLOCK;
    }

    @Override
    public void write(Object value, WireOutput out) {
        List<?> list = (List<?>) value;
        int start = out.open();
        out.varLong(list.size());
        int i = 0;
        try {
            for (Object each : list) {
                element.write(Shape.present(each, "element"), out);
                i++;
            }
        } catch (CodecException e) {
            throw e.within("[" + i + "]");
        }
        out.close(start);
    }

    @Override
    public void writeGrowthInside(Object before, Object after, WireOutput out) {
        int start = out.open();
        out.varLong(((List<?>) after).size());
        Iterator<?> others = ((List<?>) before).iterator();
        for (Object each : (List<?>) after) {
            Object present = Shape.present(each, "element");
            if (others.hasNext()) {
                element.writeGrowth(others.next(), present, out);
            } else {
                element.write(present, out);
            }
        }
        out.close(start);
    }

    @Override
    public Object read(WireInput in) {
        int outer = in.open();
        Object[] elements = new Object[in.count(element.minBytes())];
        int i = 0;
        try {
            for (; i < elements.length; i++) {
                elements[i] = element.read(in);
            }
        } catch (CodecException e) {
            throw e.within("[" + i + "]");
        }
        in.close(outer);
        return elements.length == 0 ? List.of() : Collections.unmodifiableList(Arrays.asList(elements));
    }

    @Override
    public @Nullable Object zero() {
        return List.of();
    }

    @Override
    public boolean isZero(@Nullable Object value) {
        return ((List<?>) Shape.present(value, "list: use an empty one")).isEmpty();
    }

    @Override
    public boolean evolves() {
        return element.evolves();
    }
}
