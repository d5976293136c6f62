package io.legion.store.rocksdb;

import io.legion.Legion;
import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.founding.FoundingData;
import io.legion.founding.JsonLines;
import java.nio.file.Path;
import java.util.Set;

/// A process that founds a cluster from a file, and says now and then how many of its lines it has read.
final class FoundingProcess {
    record Item(long number, String text) {}

    record Rename(String text) implements Event<Item, String> {
        @Override
        public Applied<Item, String> apply(Item state, EventContext context) {
            return Applied.of(new Item(state.number(), text), state.text());
        }
    }

    /// Partitions with one tag each.
    static final PartitionType<Item> ITEMS = PartitionType.named("item", new Item(-1, ""))
            .events(Rename.class)
            .index(item -> Set.of(Tag.of("rest", item.number() % 1_000)));

    private static final int EVERY = 1_000;

    private FoundingProcess() {}

    public static void main(String[] arguments) {
        try (var store = RocksPlace.open(Path.of(arguments[0]))) {
            Legion.named("shop")
                    .store(store)
                    .founding(new Telling(JsonLines.of(Path.of(arguments[1]), ITEMS)))
                    .open(ITEMS)
                    .close();
        }
    }

    /// The data, of which it says how much was read.
    private record Telling(FoundingData data) implements FoundingData {
        @Override
        public String title() {
            return data.title();
        }

        @Override
        public long read(long from, Recipient recipient) {
            long[] read = {from};
            say(from);
            long all = data.read(from, item -> {
                recipient.take(item);
                if (++read[0] % EVERY == 0) {
                    say(read[0]);
                }
            });
            say(all);
            return all;
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(long read) {
        System.out.println(read);
        System.out.flush();
    }
}
