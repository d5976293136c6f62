package io.legion.core.codec;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/// A set that nobody can change, in the order of its elements' bytes, with elements that nobody can change.
final class OwnSet extends AbstractSet<Object> {
    private final Set<Object> elements;

    private OwnSet(Set<Object> elements) {
        this.elements = Collections.unmodifiableSet(elements);
    }

    /// The elements in this order; fewer if some of them are equal.
    static OwnSet of(Object[] ordered) {
        Set<Object> elements = LinkedHashSet.newLinkedHashSet(ordered.length);
        Collections.addAll(elements, ordered);
        return new OwnSet(elements);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public boolean contains(Object element) {
        return elements.contains(element);
    }

    @Override
    public Iterator<Object> iterator() {
        return elements.iterator();
    }
}
