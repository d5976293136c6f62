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

/// R22, R23, R53, R74: the cached projections with their checkpoints are the plain fold over all events, in
/// random histories of two partitions, in which some requests come again and some ids are used for another
/// event.
class ProjectionEqualsNaiveFoldTest {
    private static final List<PartitionAddress> ADDRESSES =
            List.of(ReplicaCluster.address("a"), ReplicaCluster.address("b"));

    /// What a request id stands for.
    private record Use(PartitionAddress address, Event<Words, ?> event) {}

    /// The dumb way: every event, from the start, each time.
    private static final class Naive {
        final TreeMap<PartitionAddress, Words> states = new TreeMap<>();
        final TreeMap<RequestId, Use> uses = new TreeMap<>();
        final TreeMap<RequestId, Object> answered = new TreeMap<>();

        Words state(PartitionAddress address) {
            return states.getOrDefault(address, new Words(List.of()));
        }

        Object apply(Use use, RequestId request) {
            Use first = uses.putIfAbsent(request, use);
            if (first != null) {
                return first.equals(use) ? Objects.requireNonNull(answered.get(request)) : "reused";
            }
            Words state = state(use.address);
            Object outcome = switch (use.event) {
                case Append append -> {
                    var words = new ArrayList<>(state.words());
                    words.add(append.word());
                    states.put(use.address, new Words(words));
                    yield (long) words.size();
                }
                case Clear _ -> {
                    states.put(use.address, new Words(List.of()));
                    yield (long) state.words().size();
                }
                default -> "failed";
            };
            answered.put(request, outcome);
            return outcome;
        }

        Naive copy() {
            var copy = new Naive();
            copy.states.putAll(states);
            copy.uses.putAll(uses);
            copy.answered.putAll(answered);
            return copy;
        }
    }

    private static final class History {
        final Random random;
        final RequestMemory memory = new RequestMemory(ReplicaSettings.defaults());
        final VersionTable versions = new VersionTable();
        final IndexVersions indexVersions = new IndexVersions(Journalled.TYPES, versions);
        final Tagger tagger = new Tagger(new Outbox(), () -> 0, indexVersions);
        final Infimum infimum = new Infimum(new StoredWrites(), Journalled.TYPES, tagger, indexVersions);
        final TreeMap<EventId, LogEntry> outstanding = new TreeMap<>();
        final Projections projections = new Projections(
                Journalled.TYPES, infimum, memory, new Applier(new StateMeasure()), tagger, versions, outstanding::get);
        final TreeMap<EventId, Use> uses = new TreeMap<>();
        final TreeMap<RequestId, Use> asked = new TreeMap<>();
        final Naive folded = new Naive();
        long time = 1_000;
        long sequence;
        long position;
        EventId last = new EventId(0, new ParticipantId(new NodeId(0), 0));

        History(long seed) {
            random = new Random(seed);
            versions.found(Journalled.TYPES);
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

        /// Mostly at the end, sometimes before others; sometimes a request that was made before, or its id.
        private void insert() {
            time++;
            long at = random.nextInt(4) == 0 ? Math.max(last.time() + 1, time - random.nextInt(200)) : time;
            var id = new EventId(at, new ParticipantId(new NodeId(1 + random.nextInt(3)), ++sequence));
            var request = request();
            var other = new Use(ADDRESSES.get(random.nextInt(2)), event());
            Use use = random.nextBoolean() ? asked.getOrDefault(request, other) : other;
            asked.putIfAbsent(request, use);
            Bytes payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(use.event));
            var entry = LogEntry.event(id, sequence, request, id, use.address, payload);
            outstanding.put(id, entry);
            uses.put(id, use);
            projections.insert(entry);
        }

        private RequestId request() {
            long number = random.nextInt(4) == 0 ? 1 + random.nextLong(sequence) : sequence;
            return new RequestId(1 + number % 2, number);
        }

        private void foldFirst() {
            LogEntry entry = outstanding.pollFirstEntry().getValue();
            last = entry.id();
            RequestMemory.Knowledge knowledge = memory.of(entry);
            Result result = projections.fold(entry, knowledge);
            if (knowledge == RequestMemory.Knowledge.NEW) {
                memory.remember(++position, entry, result.summary());
            }
            Object expected = folded.apply(Objects.requireNonNull(uses.get(entry.id())), entry.request());
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
                Object expected = naive.apply(Objects.requireNonNull(uses.get(id)), entry.request());
                assertThat(outcome(projections.summary(entry))).isEqualTo(expected);
            });
            for (PartitionAddress address : ADDRESSES) {
                assertThat(projections.state(address)).isEqualTo(naive.state(address));
                assertThat(infimum.state(address, Journalled.TYPE)).isEqualTo(folded.state(address));
            }
        }

        private static Object outcome(Result.Summary summary) {
            return switch (summary.kind()) {
                case APPLIED ->
                    Journalled.TYPE
                            .eventCodecs()
                            .outputs(new Append(""))
                            .decode(summary.body().shared());
                case FAILED -> "failed";
                case REUSED -> "reused";
                case FORGOTTEN, TOO_OLD -> "forgotten";
            };
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
