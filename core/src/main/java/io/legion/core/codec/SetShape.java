package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A set: a block of the number of elements and the elements in [KeyOrder].
///
/// @param sorted whether the component is a sorted set, in natural order
record SetShape(Shape element, boolean sorted) implements Shape {
    @Override
    public String name() {
        return (sorted ? "sorted set<" : "set<") + element.name() + ">";
    }

    @Override
    public int wireType() {
        return WireType.BLOCK;
    }

    @Override
    public void write(Object value, WireOutput out) {
        Set<?> set = (Set<?>) value;
        requireNaturalOrder(set);
        int start = out.open();
        out.varLong(set.size());
        KeyOrder order = new KeyOrder(out, set.size());
        for (Object each : set) {
            int from = out.size();
            element.write(Shape.present(each, "element"), out);
            order.key(from);
        }
        order.settle();
        out.close(start);
    }

    @Override
    public void writeGrowthInside(Object before, Object after, WireOutput out) {
        if (!element.isPlain()) {
            write(after, out);
            return;
        }
        requireNaturalOrder((Set<?>) after);
        int start = out.open();
        out.varLong(((Set<?>) after).size());
        for (Object each : (Set<?>) after) {
            if (!((Set<?>) before).contains(Shape.present(each, "element"))) {
                element.write(each, out);
            }
        }
        out.close(start);
    }

    private static void requireNaturalOrder(Set<?> set) {
        if (set instanceof SortedSet<?> ordered && ordered.comparator() != null) {
            throw new CodecException("a sorted set with a comparator of its own, which cannot be written");
        }
    }

    @Override
    public Object read(WireInput in) {
        int outer = in.open();
        Object[] elements = new Object[in.count(element.minBytes())];
        int previousStart = 0;
        int previousEnd = 0;
        for (int i = 0; i < elements.length; i++) {
            int start = in.position();
            elements[i] = element.read(in);
            KeyOrder.requireAscending(in, previousStart, previousEnd, start);
            previousStart = start;
            previousEnd = in.position();
        }
        in.close(outer);
        return elements.length == 0 ? empty() : collect(elements);
    }

    private Set<Object> collect(Object[] elements) {
        Integer[] order = sorted ? null : KeyOrder.today(element, elements);
        return own(
                order == null
                        ? elements
                        : Arrays.stream(order).map(place -> elements[place]).toArray());
    }

    /// A set that nobody can change, of owned elements.
    ///
    /// @param ordered in the order of their bytes, which means nothing to a sorted set
    private Set<Object> own(Object[] ordered) {
        Set<Object> set = sorted
                ? Collections.unmodifiableNavigableSet(new TreeSet<>(Arrays.asList(ordered)))
                : OwnSet.of(ordered);
        if (set.size() != ordered.length) {
            throw new CodecException("elements that are equal");
        }
        return set;
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        Set<?> set = (Set<?>) value;
        requireNaturalOrder(set);
        if (set.isEmpty()) {
            return empty();
        }
        if (sorted) {
            return own(Arrays.stream(set.toArray())
                    .map(each -> element.own(null, Shape.present(each, "element"), levels - 1))
                    .toArray());
        }
        return set instanceof OwnSet
                ? set
                : own(OwnKeys.inOrder(element, before instanceof OwnSet own ? own : Set.of(), set, levels));
    }

    private Set<Object> empty() {
        return sorted ? Collections.emptyNavigableSet() : Set.of();
    }

    @Override
    public @Nullable Object zero() {
        return empty();
    }

    @Override
    public boolean isZero(@Nullable Object value) {
        return ((Set<?>) Shape.present(value, "set: use an empty one")).isEmpty();
    }

    @Override
    public boolean evolves() {
        return element.evolves();
    }
}
