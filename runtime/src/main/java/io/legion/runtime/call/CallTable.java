package io.legion.runtime.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls by their numbers, without any object beside the call.
///
/// Numbers come one after the other, so each is its own hash. Mostly a call is alone at its place, and the
/// places have the calls in the order of their numbers, up to where that begins again. Calls at the same place
/// are linked.
final class CallTable {
    private static final int SMALLEST = 64;

    private @Nullable Call[] places = new Call[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /// Adds a call, whose number no other one has.
    void add(Call call) {
        if (size == places.length) {
            resize(2 * size);
        }
        link(call);
        size++;
    }

    private void link(Call call) {
        int place = place(call.number);
        call.below = places[place];
        places[place] = call;
    }

    private int place(long number) {
        return (int) number & (places.length - 1);
    }

    /// The call with this number; null if there is none.
    @Nullable
    Call find(long number) {
        Call call = places[place(number)];
        while (call != null && call.number != number) {
            call = call.below;
        }
        return call;
    }

    /// Takes the call with this number out; null if there is none.
    @Nullable
    Call remove(long number) {
        Call call = find(number);
        if (call != null) {
            unlink(call);
            size--;
            if (places.length > SMALLEST && size < places.length / 8) {
                resize(places.length / 2);
            }
        }
        return call;
    }

    private void unlink(Call gone) {
        int place = place(gone.number);
        Call above = null;
        for (Call call = places[place]; call != null && call.number != gone.number; call = call.below) {
            above = call;
        }
        if (above == null) {
            places[place] = gone.below;
        } else {
            above.below = gone.below;
        }
        gone.below = null;
    }

    /// All calls in the order of their numbers, in a list that stays as it is.
    List<Call> all() {
        var all = new ArrayList<Call>(size);
        for (Call top : places) {
            for (Call call = top; call != null; call = call.below) {
                all.add(call);
            }
        }
        all.sort(Comparator.comparingLong(call -> call.number));
        return all;
    }

    private void resize(int length) {
        var calls = all();
        places = new Call[length];
        calls.forEach(this::link);
    }
}
