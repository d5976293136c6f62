package io.legion.simulation.rehearsal;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.core.Tag;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A service as it is deployed, and what people make of it.
@SuppressWarnings("SameNameButDifferent") // each release has the same names
final class Venues {
    private Venues() {}

    enum Kind {
        HALL,
        GARDEN
    }

    record Venue(int seats, String city, Kind kind) {
        Venue minus(int taken) {
            if (taken > seats) {
                throw new IllegalStateException("only " + seats + " left");
            }
            return new Venue(seats - taken, city, kind);
        }
    }

    static final Venue INITIAL = new Venue(100, "", Kind.HALL);

    sealed interface Change<O> extends Event<Venue, O> {}

    record Reserve(int seats) implements Change<Integer> {
        @Override
        public Applied<Venue, Integer> apply(Venue state, EventContext context) {
            var next = state.minus(seats);
            return Applied.of(next, next.seats());
        }
    }

    record Move(String city) implements Change<String> {
        @Override
        public Applied<Venue, String> apply(Venue state, EventContext context) {
            return Applied.of(new Venue(state.seats(), city, Kind.GARDEN), state.city());
        }
    }

    static PartitionType<Venue> deployed() {
        return PartitionType.named("venue", INITIAL)
                .events(Change.class)
                .index(venue -> Set.of(Tag.of("city", venue.city())));
    }

    static PartitionType<Venue> inTheGarden() {
        return PartitionType.named("venue", new Venue(100, "", Kind.GARDEN)).events(Change.class);
    }

    static PartitionType<Venue> anotherIndex() {
        return deployed().index(venue -> Set.of(Tag.of("town", venue.city())));
    }

    static PartitionType<Venue> anotherInitialState() {
        return PartitionType.named("venue", new Venue(50, "", Kind.HALL))
                .events(Change.class)
                .index(venue -> Set.of(Tag.of("city", venue.city())));
    }

    /// Logic that changed, by version or not.
    static final class Greedy {
        private Greedy() {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                var next = state.minus(2 * seats);
                return Applied.of(next, next.seats());
            }
        }

        record Move(String city) implements Change<String> {
            @Override
            public Applied<Venue, String> apply(Venue state, EventContext context) {
                return new Venues.Move(city).apply(state, context);
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", INITIAL)
                    .events(Change.class)
                    .index(venue -> Set.of(Tag.of("city", venue.city())));
        }
    }

    /// A component, an enum constant, an event and logic that came with version 2, as they should.
    static final class Grown {
        private Grown() {}

        enum Kind {
            HALL,
            GARDEN,
            @Since(2)
            SHIP
        }

        record Venue(
                int seats, String city, Kind kind, @Since(2) int reserved) {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                if (seats > state.seats()) {
                    throw new IllegalStateException("too few");
                }
                int counted = context.version() < 2 ? 0 : state.reserved() + seats;
                var next = new Venue(state.seats() - seats, state.city(), state.kind(), counted);
                return Applied.of(next, next.seats());
            }
        }

        record Move(String city) implements Change<String> {
            @Override
            public Applied<Venue, String> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats(), city, Kind.GARDEN, state.reserved()), state.city());
            }
        }

        @Since(2)
        record Launch() implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats(), state.city(), Kind.SHIP, state.reserved()), 1);
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", new Venue(100, "", Kind.HALL, 0))
                    .events(Change.class)
                    .version(2)
                    .index((venue, version) -> Set.of(Tag.of(version < 2 ? "city" : "town", venue.city())));
        }
    }

    /// A component with a default, which came with version 2.
    static final class Priced {
        private Priced() {}

        record Venue(int seats, @Since(2) int cents) {
            Venue {
                cents = cents == 0 ? 20 : cents;
            }
        }

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats() - seats, state.cents()), seats);
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", new Venue(100, 0))
                    .events(Change.class)
                    .version(2);
        }
    }

    /// Another default of it.
    static final class Dearer {
        private Dearer() {}

        record Venue(int seats, @Since(2) int cents) {
            Venue {
                cents = cents == 0 ? 30 : cents;
            }
        }

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats() - seats, state.cents()), seats);
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", new Venue(100, 0))
                    .events(Change.class)
                    .version(2);
        }
    }

    /// A component of the state is gone.
    static final class Shrunk {
        private Shrunk() {}

        record Venue(int seats, Kind kind) {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Move(String city) implements Change<String> {
            @Override
            public Applied<Venue, String> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats(), Kind.GARDEN), "");
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", new Venue(100, Kind.HALL)).events(Change.class);
        }
    }

    /// An enum constant has another name.
    static final class Renamed {
        private Renamed() {}

        enum Kind {
            HALL,
            PARK
        }

        record Venue(int seats, String city, Kind kind) {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                var next = new Venue(state.seats() - seats, state.city(), state.kind());
                return Applied.of(next, next.seats());
            }
        }

        record Move(String city) implements Change<String> {
            @Override
            public Applied<Venue, String> apply(Venue state, EventContext context) {
                return Applied.of(new Venue(state.seats(), city, Kind.PARK), state.city());
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", new Venue(100, "", Kind.HALL)).events(Change.class);
        }

        /// What began in the garden.
        static PartitionType<Venue> inThePark() {
            return PartitionType.named("venue", new Venue(100, "", Kind.PARK)).events(Change.class);
        }
    }

    /// An event is gone, the output of the other is of another type.
    static final class Answering {
        private Answering() {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<String> {
            @Override
            public Applied<Venue, String> apply(Venue state, EventContext context) {
                var next = state.minus(seats);
                return Applied.of(next, next.seats() + " left");
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", INITIAL)
                    .events(Change.class)
                    .index(venue -> Set.of(Tag.of("city", venue.city())));
        }
    }

    /// A component of an event is of another type.
    static final class Retyped {
        private Retyped() {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(String seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                var next = state.minus(Integer.parseInt(seats));
                return Applied.of(next, next.seats());
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", INITIAL).events(Change.class);
        }
    }

    /// An index that is another one with each call.
    static PartitionType<Venue> countingIndex() {
        var calls = new AtomicInteger();
        return deployed().index(_ -> Set.of(Tag.of("call", calls.incrementAndGet() % 2 == 0 ? "even" : "odd")));
    }

    /// Counts in the process.
    static final class Impure {
        private static final AtomicInteger TIMES = new AtomicInteger();

        private Impure() {}

        sealed interface Change<O> extends Event<Venue, O> {}

        record Reserve(int seats) implements Change<Integer> {
            @Override
            public Applied<Venue, Integer> apply(Venue state, EventContext context) {
                return Applied.of(state.minus(seats), TIMES.incrementAndGet());
            }
        }

        static PartitionType<Venue> type() {
            return PartitionType.named("venue", INITIAL).events(Change.class);
        }
    }

    /// What another type is.
    record Ticket(String holder) {}

    record Sell(String to) implements Event<Ticket, String> {
        @Override
        public Applied<Ticket, String> apply(Ticket state, EventContext context) {
            return Applied.of(new Ticket(to), state.holder());
        }
    }

    static PartitionType<Ticket> anotherTypeOfThatName() {
        return PartitionType.named("venue", new Ticket("")).events(Sell.class);
    }
}
