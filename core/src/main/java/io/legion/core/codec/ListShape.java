package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list: a block of the number of elements and the elements.
record ListShape(Shape element) implements Shape {
    /// The classes of `List.of`, and of whatever else copies as it does.
    private static final List<Class<?>> UNCHANGEABLE =
            List.of(List.of().getClass(), List.of(0).getClass());

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
        return List.of(elements);
    }

    /// A list that nobody can change stays if its elements do, wherever it comes from.
    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        Object[] elements = ownElements(before, (List<?>) value, levels);
        return elements == null ? value : List.of(elements);
    }

    /// The owned elements; null if the list is owned as it is.
    @SuppressWarnings("ReferenceEquality") // see Shape
    private Object @Nullable [] ownElements(@Nullable Object before, List<?> list, int levels) {
        boolean stays = UNCHANGEABLE.contains(list.getClass());
        if (stays && element.isFixed()) {
            return null;
        }
        Object[] elements = list.toArray();
        List<?> known = before instanceof List<?> other ? other : List.of();
        int i = 0;
        try {
            for (; i < elements.length; i++) {
                Object each = Shape.present(elements[i], "element");
                elements[i] = element.own(i < known.size() ? known.get(i) : null, each, levels - 1);
                stays &= elements[i] == each;
            }
        } catch (CodecException e) {
            throw e.within("[" + i + "]");
        }
        return stays ? null : elements;
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
