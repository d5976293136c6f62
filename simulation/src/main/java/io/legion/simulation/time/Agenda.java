package io.legion.simulation.time;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/// Actions and their times. Of actions with the same time, the one planned first comes first.
///
/// A wheel of time slots (Varghese and Lauck, *Hashed and Hierarchical Timing Wheels*, 1987). Each request
/// plans its caller's deadline, so most actions are far away, and only the present slot must be in order.
final class Agenda {
    /// A slot is about a millisecond.
    private static final int SLOT_BITS = 10;

    /// The slots in one turn of the wheel, about two seconds. The wheel meets a later action more than once.
    private static final int SLOTS = 1 << 11;

    private record Planned(long micros, long number, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            int byTime = Long.compare(micros, other.micros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }

        long slot() {
            return micros >> SLOT_BITS;
        }
    }

    /// Actions due in the present slot, or before.
    private final PriorityQueue<Planned> present = new PriorityQueue<>();

    private final List<List<Planned>> wheel = Stream.generate(() -> (List<Planned>) new ArrayList<Planned>())
            .limit(SLOTS)
            .toList();

    private long slot;
    private long count;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void add(long dueMicros, Runnable action) {
        var planned = new Planned(dueMicros, count++, action);
        size++;
        if (planned.slot() <= slot) {
            present.add(planned);
        } else {
            of(planned.slot()).add(planned);
        }
    }

    private List<Planned> of(long any) {
        return wheel.get((int) (any & (SLOTS - 1)));
    }

    /// The time of the first action; there must be one.
    long firstMicros() {
        while (present.isEmpty()) {
            turn();
        }
        return present.element().micros;
    }

    private void turn() {
        slot++;
        List<Planned> waiting = of(slot);
        if (!waiting.isEmpty()) {
            waiting.removeIf(planned -> planned.slot() == slot && present.add(planned));
        }
    }

    /// Removes the action whose time [#firstMicros] gave.
    Runnable removeFirst() {
        size--;
        return present.remove().action;
    }
}
