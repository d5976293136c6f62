package io.legion.core.shard;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Since;
import io.legion.core.Tag;
import io.legion.core.WireName;
import java.util.List;
import java.util.Set;

/// A type in two releases: the second version has a component whose default is not zero, another logic, another event
/// and another index.
record Tariff(long cents, @Since(2) long rate) {
    static final PartitionType<Tariff> TYPE = PartitionType.named("tariff", new Tariff(0, 0))
            .events(Change.class)
            .index(Tariff::tags)
            .version(2);

    /// The release that has both versions.
    static final PartitionTypes NEW = new PartitionTypes(List.of(TYPE));

    /// The release from before.
    static final PartitionTypes OLD = new PartitionTypes(List.of(Old.TYPE));

    /// A release that no longer has the first version.
    static final PartitionTypes WITHOUT_FIRST = new PartitionTypes(List.of(TYPE.minimumVersion(2)));

    Tariff {
        rate = rate == 0 ? 100 : rate;
    }

    private static Set<Tag> tags(Tariff tariff, int version) {
        return version == 1 ? Set.of(Tag.of("cents", tariff.cents)) : Set.of(Tag.of("rate", tariff.rate));
    }

    sealed interface Change extends Event<Tariff, String> {}

    /// Answers the version under which it was applied.
    record Charge(long cents) implements Change {
        @Override
        public Applied<Tariff, String> apply(Tariff state, EventContext context) {
            long charged = context.version() == 1 ? cents : cents * state.rate / 10;
            return Applied.of(new Tariff(state.cents + charged, state.rate), "v" + context.version());
        }
    }

    @Since(2)
    record Rate(long rate) implements Change {
        @Override
        public Applied<Tariff, String> apply(Tariff state, EventContext context) {
            return Applied.of(new Tariff(state.cents, rate), "v" + context.version());
        }
    }

    /// As the first release had it.
    record Old(long cents) {
        static final PartitionType<Old> TYPE = PartitionType.named("tariff", new Old(0))
                .events(OldChange.class)
                .index(old -> Set.of(Tag.of("cents", old.cents)));
    }

    sealed interface OldChange extends Event<Old, String> {}

    @WireName("Charge")
    record OldCharge(long cents) implements OldChange {
        @Override
        public Applied<Old, String> apply(Old state, EventContext context) {
            return Applied.of(new Old(state.cents + cents), "v1");
        }
    }
}
