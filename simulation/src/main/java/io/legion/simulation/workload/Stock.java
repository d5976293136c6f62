package io.legion.simulation.workload;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.core.Tag;
import java.util.Set;

/// A stock of goods whose second version has a limit, which is not zero by default, adds by another logic, has another
/// event and another index.
record Stock(long count, @Since(2) long limit) {
    static final String NAME = "stock";

    private static final long USUAL_LIMIT = 100;

    static final PartitionType<Stock> TYPE = PartitionType.named(NAME, new Stock(0, 0))
            .events(StockChange.class)
            .index(Stock::tags)
            .version(2);

    Stock {
        limit = limit == 0 ? USUAL_LIMIT : limit;
    }

    private static Set<Tag> tags(Stock stock, int version) {
        return version == 1
                ? Set.of(Tag.of("count", stock.count % 5))
                : Set.of(Tag.of("count", stock.count % 7), Tag.of("limit", stock.limit));
    }

    sealed interface StockChange extends Event<Stock, Long> {}

    /// Adds some; answers how many there are, ten times as many since version 2, which fails above the limit.
    ///
    /// @param bonus is added too
    record Add(long number, @Since(2) long bonus) implements StockChange {
        @Override
        public Applied<Stock, Long> apply(Stock state, EventContext context) {
            long next = state.count + number;
            if (context.version() == 1) {
                return Applied.of(new Stock(next, state.limit), next);
            }
            if (next + bonus > state.limit) {
                throw new IllegalStateException("more than " + state.limit);
            }
            return Applied.of(new Stock(next + bonus, state.limit), 10 * (next + bonus));
        }
    }

    /// Raises the limit; answers the new one.
    @Since(2)
    record Extend(long by) implements StockChange {
        @Override
        public Applied<Stock, Long> apply(Stock state, EventContext context) {
            return Applied.of(new Stock(state.count, state.limit + by), state.limit + by);
        }
    }
}
