package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Clear;
import io.legion.core.shard.Journalled.Fail;
import io.legion.core.shard.Journalled.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// R22, R23: the cached projection with its checkpoints is the plain fold over all events, in random histories.
class ProjectionEqualsNaiveFoldTest {
    private static final PartitionAddress ADDRESS = ReplicaCluster.address("a");

    /// The dumb way: every event, from the start, each time.
    private static final class Naive {
        Words state = new Words(List.of());
        final TreeMap<RequestId, Object> answered = new TreeMap<>();

        Object apply(Event<Words, ?> event, RequestId request) {
            if (answered.containsKey(request)) {
                return Objects.requireNonNull(answered.get(request));
            }
            Object outcome = switch (event) {
                case Append append -> {
                    var words = new ArrayList<>(state.words());
                    words.add(append.word());
                    state = new Words(words);
                    yield (long) words.size();
                }
                case Clear _ -> {
                    long size = state.words().size();
                    state = new Words(List.of());
                    yield size;
                }
                default -> "failed";
            };
            answered.put(request, outcome);
            return outcome;
        }

        Naive copy() {
            var copy = new Naive();
            copy.state = state;
            copy.answered.putAll(answered);
            return copy;
        }
    }

    private static final class History {
        final Random random;
        final RequestMemory memory = new RequestMemory(ReplicaSettings.defaults());
        final Tagger tagger = new Tagger(new Outbox(), () -> 0);
        final Infimum infimum = new Infimum(new StoredWrites(), Journalled.TYPES, tagger);
        final Projections projections =
                new Projections(Journalled.TYPES, infimum, memory, new Applier(new StateMeasure()), tagger);
        final TreeMap<EventId, LogEntry> outstanding = new TreeMap<>();
        final TreeMap<EventId, Event<Words, ?>> events = new TreeMap<>();
        final Naive folded = new Naive();
        long time = 1_000;
        long sequence;
        long position;
        EventId last = new EventId(0, new ParticipantId(new NodeId(0), 0));

        History(long seed) {
            random = new Random(seed);
        }

        void step() {
            int dice = random.nextInt(10);
            if (dice < 6) {
                insert();
            } else if (dice < 8 && !outstanding.isEmpty()) {
                foldFirst();
            } else if (dice == 8 && !outstanding.isEmpty()) {
                drop();
            } else {
                compare();
            }
        }

        private Event<Words, ?> event() {
            return switch (random.nextInt(8)) {
                case 0 -> new Clear();
                case 1 -> new Fail("no");
                default -> new Append("w" + random.nextInt(1000));
            };
        }

        /// Mostly at the end, sometimes before others; sometimes a request that was made before.
        private void insert() {
            time++;
            long at = random.nextInt(4) == 0 ? Math.max(last.time() + 1, time - random.nextInt(200)) : time;
            var id = new EventId(at, new ParticipantId(new NodeId(1 + random.nextInt(3)), ++sequence));
            var request = new RequestId(1, random.nextInt(6) == 0 ? random.nextLong(sequence) : sequence + 1_000_000);
            Event<Words, ?> event = event();
            Bytes payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(event));
            var entry = LogEntry.event(id, sequence, request, id, ADDRESS, payload);
            outstanding.put(id, entry);
            events.put(id, event);
            projections.insert(entry);
        }

        private void foldFirst() {
            LogEntry entry = outstanding.pollFirstEntry().getValue();
            last = entry.id();
            RequestMemory.Knowledge knowledge = memory.of(entry.request(), entry.birth());
            Result result = projections.fold(entry, knowledge);
            if (knowledge == RequestMemory.Knowledge.NEW) {
                memory.remember(++position, entry.request(), entry.id(), result.summary());
            }
            Object expected = folded.apply(Objects.requireNonNull(events.get(entry.id())), entry.request());
            assertThat(outcome(result.summary())).isEqualTo(expected);
        }

        private void drop() {
            var victim = new ArrayList<>(outstanding.values()).get(random.nextInt(outstanding.size()));
            outstanding.remove(victim.id());
            projections.remove(victim);
        }

        private void compare() {
            Naive naive = folded.copy();
            outstanding.forEach((id, entry) -> {
                Object expected = naive.apply(Objects.requireNonNull(events.get(id)), entry.request());
                assertThat(outcome(projections.summary(entry))).isEqualTo(expected);
            });
            assertThat(projections.state(ADDRESS)).isEqualTo(naive.state);
            assertThat(infimum.state(ADDRESS, Journalled.TYPE)).isEqualTo(folded.state);
        }

        private static Object outcome(Result.Summary summary) {
            return summary.kind() == Result.Kind.APPLIED
                    ? Journalled.TYPE
                            .eventCodecs()
                            .outputs(new Append(""))
                            .decode(summary.body().shared())
                    : "failed";
        }
    }

    @Test
    void tenThousandRandomHistoriesAgree() {
        for (long seed = 0; seed < 10_000; seed++) {
            var history = new History(seed);
            try {
                int steps = seed % 100 == 0 ? 600 : 40;
                for (int i = 0; i < steps; i++) {
                    history.step();
                }
                history.compare();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
