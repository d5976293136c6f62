package io.legion.cluster.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// Which troubles there will be, and when: one every 5 to 15 s, each node in one at a time, drawn from a seed.
///
/// @param moments in their order
record Troubles(List<Moment> moments) {
    private static final int PAUSE_MILLIS = 20_000;
    private static final int NODES = 3;

    /// When a trouble begins or ends.
    record Moment(long millis, Trouble trouble, int node, int other, boolean begins) {
        void happen(Lab lab) {
            if (begins) {
                trouble.begin(lab, node, other);
            } else {
                trouble.end(lab, node, other);
            }
        }

        @Override
        public String toString() {
            boolean isBetween = trouble == Trouble.CUT_BETWEEN || trouble == Trouble.CUT_ONE_WAY;
            return millis + " ms: " + trouble + " of " + node + (isBetween ? " and " + other : "")
                    + (begins ? " begins" : " ends");
        }
    }

    static Troubles drawn(long seed, Duration duration) {
        var random = new SplittableRandom(seed);
        var moments = new ArrayList<Moment>();
        long[] busyUntil = new long[NODES + 1];
        var kinds = new ArrayList<Trouble>();
        for (long at = 2_000; at < duration.toMillis(); at += random.nextLong(5_000, 15_001)) {
            if (kinds.isEmpty()) {
                // Each kind comes before any comes again.
                kinds.addAll(Arrays.asList(Trouble.values()));
            }
            var trouble = kinds.remove(random.nextInt(kinds.size()));
            int node = free(busyUntil, at, random.nextInt(NODES));
            if (node == 0) {
                continue;
            }
            long end = at + length(trouble, random);
            busyUntil[node] = end;
            int other = 1 + (node + random.nextInt(NODES - 1)) % NODES;
            moments.add(new Moment(at, trouble, node, other, true));
            moments.add(new Moment(end, trouble, node, other, false));
        }
        moments.sort(Comparator.comparingLong(Moment::millis));
        return new Troubles(List.copyOf(moments));
    }

    /// The first node from there on that is in no trouble, or 0.
    private static int free(long[] busyUntil, long at, int from) {
        for (int i = 0; i < NODES; i++) {
            int node = 1 + (from + i) % NODES;
            if (busyUntil[node] < at) {
                return node;
            }
        }
        return 0;
    }

    private static long length(Trouble trouble, SplittableRandom random) {
        return trouble == Trouble.PAUSE ? PAUSE_MILLIS : random.nextLong(3_000, 12_001);
    }
}
