package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.WireName;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Drift;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// R91: replicas that differ find the first event after which they do, and name their releases.
class FirstDifferenceTest {
    private static final ReplicaSettings SETTINGS =
            new ReplicaSettings(60_000, 200, 2_000, 1_000, 16, 2_048, 3_600_000, 1_000, 8, 1024);
    private static final ParticipantId OTHER = new ParticipantId(new NodeId(2), 0);
    private static final PartitionAddress ADDRESS = new PartitionAddress(Tariff.TYPE.id(), PartitionKey.of("a"));

    /// Two releases that give both the same version, and do something else with large charges.
    private static final PartitionTypes GOOD = new PartitionTypes(List.of(Tariff.Old.TYPE), "good");

    private static final PartitionTypes WRONG = new PartitionTypes(List.of(Wrong.TYPE), "wrong");

    private final ReplicaCluster cluster = new ReplicaCluster(1, 3, SETTINGS, GOOD);
    private int requests;

    record Wrong(long cents) {
        static final PartitionType<Wrong> TYPE = PartitionType.named("tariff", new Wrong(0))
                .events(WrongChange.class)
                .index(wrong -> Set.of());
    }

    sealed interface WrongChange extends Event<Wrong, String> {}

    @WireName("Charge")
    record Charged(long cents) implements WrongChange {
        @Override
        public Applied<Wrong, String> apply(Wrong state, EventContext context) {
            return switch ((int) cents) {
                case 100 -> Applied.of(new Wrong(state.cents + 99), "v1");
                case 50 -> Applied.of(new Wrong(state.cents + 50), "v0");
                case 25 -> Applied.of(new Wrong(state.cents + 24), "v0");
                default -> Applied.of(new Wrong(state.cents + cents), "v1");
            };
        }
    }

    private void charge(long cents) {
        var payload = Bytes.wrap(Tariff.Old.TYPE.eventCodecs().events().encode(new Tariff.OldCharge(cents)));
        cluster.request(
                1, new Request(new RequestId(9, ++requests), null, ADDRESS, payload, null, Consistency.FINAL, null, 1));
    }

    /// The third node applies an event otherwise. Ends at the moment at which that shows.
    private void differ(long cents) {
        cluster.node(3).restart(WRONG);
        cluster.calm(20);
        charge(5);
        charge(cents);
        for (int steps = 0; alarms(3).isEmpty(); steps++) {
            assertThat(steps).as("it shows at the next agreed position").isLessThan(10_000);
            if (!cluster.deliverOne(0, 0)) {
                cluster.tick(50);
                // The next event carries the hash.
                charge(1);
            }
        }
    }

    private List<String> alarms(long node) {
        return cluster.node(node).alarms.stream()
                .filter(alarm -> alarm.kind() == Alarm.Kind.DIVERGED)
                .map(Alarm::text)
                .toList();
    }

    private Replica replica(long node) {
        return cluster.node(node).replica;
    }

    @Test
    void logicThatChangedWithoutAVersionIsNamedWithTheFirstFieldAndTheReleases() {
        differ(100);
        cluster.calm(40);
        assertThat(alarms(3)).hasSize(2);
        assertThat(alarms(3).getLast())
                .startsWith("The event Charged ")
                .contains(
                        "of the partition a of type 'tariff', applied under version 1, led to another state here than at",
                        "Wrong.cents: ",
                        "This node runs the release 'wrong', ",
                        " the release 'good'",
                        "changed without a version of its own");
        assertThat(replica(3).firstDifference()).isEqualTo(alarms(3).getLast());
        assertThat(replica(3).idle()).isTrue();
        assertThat(alarms(1)).isEmpty();
        assertThat(replica(1).firstDifference()).isEmpty();
    }

    @Test
    void anOutputThatChangedIsToldFromAState() {
        differ(50);
        cluster.calm(40);
        assertThat(alarms(3).getLast())
                .contains("led to another output here than at", "the states are read as equal ones now")
                .doesNotContain("another state");
    }

    @Test
    void anEventThatLedToBothIsToldOnce() {
        differ(25);
        cluster.calm(40);
        assertThat(alarms(3).getLast()).contains("led to another state and another output here than at");
    }

    /// Without a majority all are set apart, and all say why.
    @Test
    void anImpureEventIsNamedByAll() {
        var drifting = new ReplicaCluster(1, 3, SETTINGS);
        drifting.request(1, "b", new Append("x"), Consistency.FINAL);
        drifting.request(1, "b", new Drift(), Consistency.FINAL);
        for (int i = 0; i < 16; i++) {
            drifting.request(1, "c", new Append("y" + i), Consistency.FINAL);
            drifting.calm(2);
        }
        drifting.calm(20);
        for (long node = 1; node <= 3; node++) {
            assertThat(drifting.node(node).alarms)
                    .extracting(Alarm::text)
                    .anySatisfy(text -> assertThat(text)
                            .startsWith("The event Drift ")
                            .contains("of the partition b of type 'words'", "Words.words[1]: 100"));
        }
    }

    @Test
    void aLargeStateThatDiffersIsNamedThoughItsEventIsNotKnown() {
        var drifting = new ReplicaCluster(1, 3, SETTINGS);
        drifting.request(1, "b", new Append("x".repeat(3_000)), Consistency.FINAL);
        drifting.request(1, "b", new Drift(), Consistency.FINAL);
        for (int i = 0; i < 16; i++) {
            drifting.request(1, "c", new Append("y" + i), Consistency.FINAL);
            drifting.calm(2);
        }
        drifting.calm(20);
        assertThat(drifting.node(2).alarms)
                .extracting(Alarm::text)
                .anySatisfy(text -> assertThat(text)
                        .startsWith("One of the last events of the partition b of type 'words' led to another state")
                        .contains("Words.words[1]: 100"));
    }

    @Test
    void aQuestionThatIsLostIsAskedAgain() {
        differ(100);
        cluster.flying.clear();
        assertThat(replica(3).idle()).isFalse();
        cluster.calm(40);
        assertThat(alarms(3).getLast()).startsWith("The event Charged ");
    }

    @Test
    void whoHasForgottenIsPassedOver() {
        differ(100);
        cluster.node(1).restart();
        cluster.calm(60);
        assertThat(alarms(3).getLast())
                .startsWith("The event Charged ")
                .contains("node 0000000000000002 runs the release 'good'");
    }

    @Test
    void whoHearsNothingSaysSoAndEnds() {
        differ(100);
        cluster.cutBetween(3, 1);
        cluster.cutBetween(3, 2);
        cluster.calm(140);
        assertThat(alarms(3).getLast()).startsWith("The other participants did not tell");
        assertThat(replica(3).idle()).isTrue();
    }

    /// A replica that began elsewhere in between, or was started again, remembers less than the others.
    @Test
    void whatBeganBeforeTheLastEventsIsSaidSo() {
        var rules = afterEightBarriers();
        rules.phases.become(ReplicaStatus.Phase.PARTICIPATING, "it begins");
        var another = new ParticipantId(new NodeId(3), 0);
        rules.state.participants(List.of(rules.state.self, OTHER, another));
        rules.firstDifference.begin(8, new TreeSet<>(Set.of(OTHER, another)));
        rules.firstDifference.receive(new Message.Difference(OTHER, 8, "", 5, null));
        assertThat(rules.firstDifference.found())
                .contains("differ since before the last 5 events, which they applied alike", "without a name");
        rules.firstDifference.begin(16, Set.of(OTHER));
        assertThat(rules.firstDifference.found()).contains("does not remember what it did before the 16th event");
    }

    /// The participant that differed first is out; a later difference has its own place.
    @Test
    void anEarlierDifferenceDoesNotHideALaterOne() {
        var trail = new HashTrail();
        trail.agreed(8);
        trail.keep(8);
        trail.release();
        trail.agreed(16);
        trail.keep(16);
        trail.agreed(24);
        trail.agreed(32);
        trail.agreed(40);
        assertThat(trail.at(16)).isNotNull();
        assertThat(trail.at(8)).isNull();
    }

    @Test
    void historiesThatDifferAreNotTakenForStates() {
        var rules = afterEightBarriers();
        rules.firstDifference.begin(8, Set.of(OTHER));
        rules.firstDifference.receive(told(2, new EventId(77, OTHER)));
        assertThat(rules.firstDifference.found())
                .contains("do not have the same history: " + new EventId(6, OTHER) + " here is "
                        + new EventId(77, OTHER));
    }

    @Test
    void anAnswerAboutWhatIsNotHereHelpsNobody() {
        for (var wrong : List.of(told(8, new EventId(1, OTHER)), told(-1, new EventId(8, OTHER)), told(0, null))) {
            var rules = afterEightBarriers();
            rules.firstDifference.begin(8, Set.of(OTHER));
            rules.firstDifference.receive(wrong);
            assertThat(rules.firstDifference.found()).isEmpty();
            assertThat(rules.firstDifference.isIdle()).isFalse();
            rules.firstDifference.receive(told(7, new EventId(77, OTHER)));
            assertThat(rules.firstDifference.found()).contains(new EventId(1, OTHER) + " here is ");
        }
    }

    private static Rules afterEightBarriers() {
        var rules = new Rules(new Replica.Setup(new NodeId(1), SETTINGS, GOOD, new StoredWrites()));
        rules.state.self = new ParticipantId(new NodeId(1), 0);
        for (int i = 1; i <= 8; i++) {
            rules.state.history.advance(LogEntry.barrier(new EventId(i, OTHER), i), null);
        }
        return rules;
    }

    /// @param event null for a large state
    private static Message.Difference told(int back, @Nullable EventId event) {
        return new Message.Difference(OTHER, 8, "", 8, new Message.Difference.Part(back, event, 0, 0, null, 3));
    }
}
