package io.legion.simulation;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Actions and their times: a binary heap in arrays of plain numbers, as every step of a run goes through here. The
/// action planned first is the first of those with the same time.
final class Agenda {
    private static final int ROOM = 256;

    private long[] micros = new long[ROOM];
    private long[] numbers = new long[ROOM];
    private @Nullable Runnable[] actions = new @Nullable Runnable[ROOM];
    private int size;
    private long count;

    boolean isEmpty() {
        return size == 0;
    }

    /// When the first action is due; there is one.
    long firstMicros() {
        return micros[0];
    }

    void add(long dueMicros, Runnable action) {
        if (size == actions.length) {
            grow();
        }
        long number = count++;
        int at = size++;
        // Of all with its time it is the last, so only later ones move out of its way.
        for (int parent = (at - 1) >> 1; at > 0 && micros[parent] > dueMicros; parent = (at - 1) >> 1) {
            move(parent, at);
            at = parent;
        }
        put(at, dueMicros, number, action);
    }

    private void grow() {
        micros = Arrays.copyOf(micros, 2 * size);
        numbers = Arrays.copyOf(numbers, 2 * size);
        actions = Arrays.copyOf(actions, 2 * size);
    }

    /// Takes the first action out; there is one.
    Runnable removeFirst() {
        Runnable first = Objects.requireNonNull(actions[0], "something is planned");
        int last = --size;
        int at = 0;
        for (int child = firstChild(at); child < last && isBefore(child, last); child = firstChild(at)) {
            move(child, at);
            at = child;
        }
        move(last, at);
        actions[last] = null;
        return first;
    }

    /// The one of the children that is due first; some place beyond the end if there is none.
    private int firstChild(int at) {
        int left = 2 * at + 1;
        return left + 1 < size && isBefore(left + 1, left) ? left + 1 : left;
    }

    private boolean isBefore(int one, int other) {
        return micros[one] < micros[other] || (micros[one] == micros[other] && numbers[one] < numbers[other]);
    }

    private void move(int from, int to) {
        put(to, micros[from], numbers[from], actions[from]);
    }

    private void put(int at, long dueMicros, long number, @Nullable Runnable action) {
        micros[at] = dueMicros;
        numbers[at] = number;
        actions[at] = action;
    }
}
