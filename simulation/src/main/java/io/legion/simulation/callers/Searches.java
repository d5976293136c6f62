package io.legion.simulation.callers;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.search.SearchWaiter;
import io.legion.simulation.Randomness;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.List;

/// Callers who walk through the index, page by page, while faults happen.
public final class Searches {
    private static final long EVERY_MILLIS = 400;
    private static final int LONGEST_PAGE = 4;
    private static final long PATIENCE_MILLIS = 1_500;

    private final World world;
    private final List<Integer> types;
    private final Randomness random;

    public Searches(World world, Workload workload, Randomness random) {
        this.world = world;
        this.types = workload.types().stream().map(type -> type.id()).toList();
        this.random = random;
    }

    /// Begins a walk now and then until the faulty time is over.
    public void begin() {
        world.timeline.afterMillis(random.between(1, 2 * EVERY_MILLIS), () -> {
            if (!world.isHealing()) {
                new Walk(random.oneOf(types), 1 + random.below(LONGEST_PAGE)).ask(SearchTag.START);
                begin();
            }
        });
    }

    /// One walk; each page may come from another machine.
    private final class Walk implements SearchWaiter {
        private final int type;
        private final int limit;
        private SearchTag from = SearchTag.START;
        private long deadlineMillis;

        Walk(int type, int limit) {
            this.type = type;
            this.limit = limit;
        }

        void ask(SearchTag next) {
            from = next;
            Machine machine = random.oneOf(world.machines);
            machine.give((process, now) -> {
                deadlineMillis = now + PATIENCE_MILLIS;
                machine.askedFor(type);
                process.search(type, from, limit, this, now);
            });
        }

        @Override
        public void yielded(List<IndexRecord> records, boolean end) {
            deadlineMillis = Long.MAX_VALUE;
            world.story.tell("client", () -> "finds after " + from + ": " + records + (end ? ", the end" : ""));
            world.watch.yielded(type, from, records);
            if (!end && !records.isEmpty()) {
                ask(SearchTag.after(records.getLast()));
            }
        }

        @Override
        public void failed(NoAnswer none) {
            world.story.tell("client", () -> "finds nothing after " + from + ": " + none.explanation());
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }
}
