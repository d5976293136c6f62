package io.legion.core.shard;

import static io.legion.core.shard.OneReplica.NOW;
import static io.legion.core.shard.OneReplica.participant;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import org.junit.jupiter.api.Test;

/// What people see of a partition, and that the replica is as before.
final class PartitionLookTest {
    private static final int LISTED = 3;

    private final OneReplica replica = OneReplica.with(2, 3);
    private final Projections projections = replica.state.projections;
    private long sequence;

    /// An event of another participant, which nobody has applied here yet.
    private void receive(String key, long request, Journalled.WordEvent<?> event) {
        sequence++;
        var id = new EventId(HybridTime.of(NOW + sequence), participant(2));
        var payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(event));
        replica.state.take(
                LogEntry.event(id, sequence, new RequestId(2, request), id, ReplicaCluster.address(key), payload));
    }

    private PartitionLook look(String key) {
        return PartitionLook.at(replica.state, ReplicaCluster.address(key), LISTED);
    }

    private Object projected(String key) {
        return projections.state(ReplicaCluster.address(key));
    }

    /// R53: an event whose request has another one before it, here or in another partition, changes nothing.
    @Test
    void aLookShowsTheProjectedState() {
        receive("a", 1, new Journalled.Append("one"));
        receive("b", 2, new Journalled.Append("elsewhere"));
        receive("a", 1, new Journalled.Append("again"));
        receive("a", 2, new Journalled.Append("of another use"));
        receive("a", 3, new Journalled.Fail("no"));
        receive("a", 4, new Journalled.Append("two"));
        var looked = look("a");
        assertThat(looked.problem()).isEmpty();
        assertThat(looked.outstanding()).hasSize(LISTED);
        assertThat(looked.more()).isEqualTo(2);
        assertThat(looked.cut()).isFalse();
        assertThat(looked.state()).isEqualTo(projected("a")).hasToString("Words[words=[one, two]]");
        assertThat(look("nobody").state()).isEqualTo(Journalled.TYPE.initial());
    }

    @Test
    void whatIsKnownIsNotFoundAgain() {
        receive("a", 1, new Journalled.Append("one"));
        assertThat(projected("a")).isSameAs(look("a").state());
    }

    /// An error of the virtual machine stops a replica that needs the outcome. A look does not need it.
    @Test
    void anEventThatCannotBeAppliedIsSaidToPeopleAndChangesNothing() {
        receive("a", 1, new Journalled.Append("one"));
        receive("a", 2, new Journalled.Endless());
        receive("b", 3, new Journalled.Append("other"));
        var looked = look("a");
        assertThat(looked.state()).isNull();
        assertThat(looked.problem()).contains("StackOverflowError");
        assertThat(looked.outstanding()).hasSize(2);
        assertThat(look("b").state()).hasToString("Words[words=[other]]");
        assertThat(projected("b")).hasToString("Words[words=[other]]");
        assertThat(projections.outstanding(new RequestId(2, 2)))
                .as("it is placed")
                .isNotNull();
        assertThat(projections.outstanding(new RequestId(2, 3))).isNotNull();
    }

    @Test
    void aLookGoesThroughABoundedNumberOfEvents() {
        int beyond = 5;
        for (int i = 0; i < PartitionLook.MOST_LOOKED_AT + beyond; i++) {
            receive(i < 2 ? "a" : "b", i, new Journalled.Clear());
        }
        receive("a", -1, new Journalled.Append("late"));
        var a = look("a");
        assertThat(a.cut()).isTrue();
        assertThat(a.outstanding()).hasSize(2);
        assertThat(a.more()).isZero();
        assertThat(a.state()).isEqualTo(Journalled.TYPE.initial());
        assertThat(look("b").more()).isEqualTo(PartitionLook.MOST_LOOKED_AT - 2 - LISTED);
    }
}
