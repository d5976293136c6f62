package io.legion.core.shard;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The runs of one client, by their numbers: a single one, unless the client chooses its own numbers.
final class ClientRuns {
    RequestRun[] runs;
    int size;

    ClientRuns(RequestRun only) {
        runs = new RequestRun[] {only};
        size = 1;
    }

    /// The place of the last run that begins at or before a number; -1 if there is none.
    int floor(long number) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (runs[middle].first <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    @Nullable
    RequestRun at(int place) {
        return place >= 0 && place < size ? runs[place] : null;
    }

    void insert(int place, RequestRun run) {
        if (size == runs.length) {
            runs = Arrays.copyOf(runs, size * 2);
        }
        System.arraycopy(runs, place, runs, place + 1, size - place);
        runs[place] = run;
        size++;
    }

    void remove(int place) {
        size--;
        System.arraycopy(runs, place + 1, runs, place, size - place);
    }
}
