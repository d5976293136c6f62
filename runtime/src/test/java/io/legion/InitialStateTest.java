package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The index equals the states, for a type whose initial state has a tag too: a partition that was never touched, or
/// is back where it began, has no record, and is in no index.
final class InitialStateTest {
    private record Room(int seats, String note) {
        static final PartitionType<Room> TYPE = PartitionType.named("room", new Room(0, ""))
                .events(Change.class)
                .index(room -> Set.of(Tag.of("seats", room.seats)));
    }

    private sealed interface Change extends Event<Room, String> {}

    private record Note(String text) implements Change {
        @Override
        public Applied<Room, String> apply(Room state, EventContext context) {
            return Applied.of(new Room(state.seats, text), text);
        }
    }

    private record Seats(int number) implements Change {
        @Override
        public Applied<Room, String> apply(Room state, EventContext context) {
            return Applied.of(new Room(number, state.note), "" + number);
        }
    }

    private record Refuse() implements Change {
        @Override
        public Applied<Room, String> apply(Room state, EventContext context) {
            throw new IllegalStateException("no");
        }
    }

    private final MemoryStore store = TestLanes.memory();

    private Legion open() {
        return Legion.named("rooms")
                .store(store)
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(Room.TYPE);
    }

    private static void request(Legion legion, String room, Change... changes) {
        for (Change change : changes) {
            legion.partitions(Room.TYPE).of(room).request(change, Consistency.FINAL);
        }
    }

    private static List<String> found(Legion legion) {
        return legion.partitions(Room.TYPE)
                .searchAll(Search.named("seats"))
                .map(record -> record.key().text())
                .sorted()
                .toList();
    }

    /// How many keys the store has of one kind: `s` for states, `i` for the index.
    private long stored(char kind) {
        var keys = new ArrayList<byte[]>();
        store.scan(new byte[] {(byte) kind}, new byte[] {(byte) (kind + 1)}, (key, _) -> keys.add(key));
        return keys.size();
    }

    @Test
    void aSearchFindsWhatIsNotAtTheInitialStateAndNothingElse() {
        try (var legion = open()) {
            request(legion, "a", new Note("hello"));
            request(legion, "b", new Seats(5));
            request(legion, "c", new Refuse());
            assertThat(found(legion)).as("a has the tag of the initial state").containsExactly("a", "b");
            request(legion, "b", new Seats(0), new Note("still here"));
            assertThat(found(legion)).containsExactly("a", "b");
            request(legion, "a", new Note(""));
            assertThat(found(legion)).as("a is back at the initial state").containsExactly("b");
            request(legion, "d", new Seats(3), new Seats(0));
            assertThat(found(legion)).as("d too").containsExactly("b");
        }
    }

    @Test
    void aPartitionThatIsBackTakesNoRoomAfterARestartEither() {
        try (var legion = open()) {
            request(legion, "a", new Note("hello"));
            request(legion, "b", new Seats(5));
            request(legion, "c", new Seats(1), new Seats(0));
        }
        assertThat(List.of(stored('s'), stored('i'))).containsExactly(2L, 2L);
        try (var legion = open()) {
            assertThat(found(legion)).containsExactly("a", "b");
            request(legion, "a", new Note(""));
            request(legion, "b", new Seats(0));
            request(legion, "c", new Note("begins again"));
            assertThat(found(legion)).containsExactly("c");
        }
        assertThat(List.of(stored('s'), stored('i'))).containsExactly(1L, 1L);
        try (var legion = open()) {
            assertThat(found(legion)).containsExactly("c");
            assertThat(legion.partitions(Room.TYPE).of("a").read(Consistency.FINAL))
                    .isEqualTo(Room.TYPE.initial());
        }
    }
}
