package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who observes hears each event once, when it folds, with the states around it.
class FoldObserverTest {
    private static final NodeId SELF = new NodeId(1);

    private final List<FoldObserver.Fold> heard = new ArrayList<>();
    private final StoredWrites stored = new StoredWrites();
    private boolean observing = true;

    private final Replica replica = Replica.found(
            new Replica.Setup(SELF, ReplicaSettings.defaults(), Journalled.TYPES, stored, new FoldObserver() {
                @Override
                public boolean observes(int type) {
                    return observing;
                }

                @Override
                public void folded(Fold fold) {
                    heard.add(fold);
                }
            }),
            List.of(SELF));

    private void request(long number, Event<Journalled.Words, ?> event) {
        var payload = Bytes.wrap(Journalled.TYPE.eventCodecs().events().encode(event));
        var id = new RequestId(7, number);
        replica.request(
                number, new Request(id, null, ReplicaCluster.address("a"), payload, null, Consistency.FAST), 1_000_000);
        for (Effects effects = replica.drain(); !effects.isEmpty(); effects = replica.drain()) {
            stored.apply(effects.writes());
            replica.stored(effects.number());
        }
    }

    @Test
    void eachEventIsHeardOnceWithTheStatesAroundIt() {
        request(1, new Journalled.Append("x"));
        request(2, new Journalled.Append("y"));
        request(2, new Journalled.Append("y")); // tried again: it was applied already

        assertThat(heard).extracting(FoldObserver.Fold::before).containsExactly(words(), words("x"));
        assertThat(heard).extracting(FoldObserver.Fold::after).containsExactly(words("x"), words("x", "y"));
        var last = heard.getLast();
        assertThat(last.key()).isEqualTo(PartitionKey.of("a"));
        assertThat(last.version()).isEqualTo(1);
        assertThat(last.isFailed()).isFalse();
        assertThat(Journalled.TYPE.eventCodecs().events().decode(last.event().toArray()))
                .isEqualTo(new Journalled.Append("y"));
        assertThat(heard.getFirst().id()).isLessThan(last.id());
    }

    @Test
    void aFailureIsHeardWithItsReasonAndChangesNothing() {
        request(1, new Journalled.Append("x"));
        request(2, new Journalled.Fail("no"));

        var last = heard.getLast();
        assertThat(last.isFailed()).isTrue();
        assertThat(last.body().text()).isEqualTo("java.lang.IllegalStateException: no");
        assertThat(last.after()).isSameAs(last.before());
    }

    @Test
    void nothingIsHeardOfATypeThatNobodyObserves() {
        observing = false;
        request(1, new Journalled.Append("x"));

        assertThat(heard).isEmpty();
    }

    private static Journalled.Words words(String... words) {
        return new Journalled.Words(List.of(words));
    }
}
