package io.legion.core.shard;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A list whose elements mostly leave at the beginning and come at the end: neither moves the others, however
/// many there are. In between, those on the shorter side move.
final class Ring<E> {
    private static final int LEAST = 4;

    /// A ring of up to this many places does not shrink: it fills again soon.
    private static final int KEPT = 64;

    /// A power of two long; the first element is at `start`.
    private @Nullable Object[] places = new Object[LEAST];

    private int start;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked")
    E get(int index) {
        return (E) Objects.requireNonNull(places[place(Objects.checkIndex(index, size))]);
    }

    /// Adds an element before the one that has this index.
    void add(int index, E element) {
        if (size == places.length) {
            resize(size * 2);
        }
        size++;
        if (index < size / 2) {
            start = place(-1);
            for (int i = 0; i < index; i++) {
                move(i + 1, i);
            }
        } else {
            for (int i = size - 1; i > index; i--) {
                move(i - 1, i);
            }
        }
        places[place(index)] = element;
    }

    void addLast(E element) {
        add(size, element);
    }

    E last() {
        return get(size - 1);
    }

    /// All of them, in order.
    List<E> all() {
        return first(size);
    }

    /// The first ones, in order, at most so many.
    List<E> first(int most) {
        return IntStream.range(0, Math.min(most, size)).mapToObj(this::get).toList();
    }

    E removeLast() {
        return remove(size - 1);
    }

    E removeFirst() {
        return remove(0);
    }

    E remove(int index) {
        E removed = get(index);
        if (index < size / 2) {
            for (int i = index; i > 0; i--) {
                move(i - 1, i);
            }
            places[start] = null;
            start = place(1);
        } else {
            for (int i = index; i < size - 1; i++) {
                move(i + 1, i);
            }
            places[place(size - 1)] = null;
        }
        size--;
        if (size <= places.length / 8 && places.length > KEPT) {
            resize(places.length / 2);
        }
        return removed;
    }

    private void resize(int length) {
        var next = new @Nullable Object[length];
        int toTheEnd = Math.min(size, places.length - start);
        System.arraycopy(places, start, next, 0, toTheEnd);
        System.arraycopy(places, 0, next, toTheEnd, size - toTheEnd);
        places = next;
        start = 0;
    }

    private void move(int from, int to) {
        places[place(to)] = places[place(from)];
    }

    private int place(int index) {
        return (start + index) & (places.length - 1);
    }
}
