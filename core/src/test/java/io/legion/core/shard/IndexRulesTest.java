package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.core.shard.Journalled.Append;
import io.legion.core.shard.Journalled.Clear;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// R66: what a search at a replica finds is the index of its projected states, and what its store has is that of
/// the stored ones. The initial state of this type has a tag, and yet is in no index.
class IndexRulesTest {
    private static final int TYPE = Journalled.TYPE.id();

    private final ReplicaCluster cluster = ReplicaCluster.of(3);

    private static IndexRecord record(String key, int words) {
        return new IndexRecord(Tag.of("count", words), PartitionKey.of(key));
    }

    /// What a search at a node would find.
    private SortedSet<IndexRecord> found(long node) {
        var found = new TreeSet<IndexRecord>();
        UnstoredTags unstored = cluster.node(node).replica.unstoredTags();
        found.addAll(unstored.added(TYPE, SearchTag.START));
        cluster.node(node).stored.tags.stream()
                .filter(stored -> !unstored.isDropped(TYPE, stored))
                .forEach(found::add);
        return found;
    }

    private SortedSet<IndexRecord> stored(long node) {
        return cluster.node(node).stored.tags;
    }

    private void append(long node, String key, String word) {
        cluster.request(node, key, new Append(word), Consistency.FAST);
    }

    @Test
    void r66WhatIsOutstandingIsFoundAtOnceAndNotStored() {
        append(1, "a", "x");
        assertThat(found(1)).containsExactly(record("a", 1));
        assertThat(stored(1)).isEmpty();
        append(1, "a", "y");
        assertThat(found(1)).containsExactly(record("a", 2));
    }

    @Test
    void r66WhoOnlyFollowsFindsTheSame() {
        append(1, "a", "x");
        append(1, "b", "x");
        append(2, "a", "y");
        cluster.deliverAll();
        assertThat(found(3)).containsExactlyInAnyOrder(record("a", 2), record("b", 1));
        assertThat(found(3)).isEqualTo(found(1)).isEqualTo(found(2));
    }

    @Test
    void r66TheStoredIndexIsThatOfTheStoredStates() {
        append(1, "a", "x");
        cluster.checkpoint();
        append(1, "a", "y");
        cluster.deliverAll();
        assertThat(cluster.node(2).stored.states).hasSize(1);
        assertThat(stored(2)).containsExactly(record("a", 1));
        assertThat(found(2)).containsExactly(record("a", 2));
        cluster.checkpoint();
        assertThat(stored(2)).containsExactly(record("a", 2));
        assertThat(found(2)).containsExactly(record("a", 2));
        assertThat(cluster.node(2).replica.unstoredTags().added(TYPE, SearchTag.START))
                .as("nothing is added twice")
                .isEmpty();
    }

    @Test
    void r66AnEventThatLandsBeforeOthersIsSeenByTheNextSearch() {
        cluster.cutBetween(1, 2);
        append(1, "a", "late");
        cluster.now += 10;
        cluster.request(2, "a", new Clear(), Consistency.FAST);
        append(2, "a", "x");
        assertThat(found(2)).containsExactly(record("a", 1));
        cluster.cut.clear();
        cluster.calm(20);
        assertThat(found(2)).containsExactly(record("a", 1));
        cluster.cutBetween(1, 2);
        cluster.cutBetween(1, 3);
        append(1, "a", "earlier");
        cluster.now += 10;
        append(2, "a", "later");
        assertThat(found(2)).containsExactly(record("a", 2));
        cluster.cut.clear();
        cluster.calm(20);
        assertThat(found(2)).containsExactly(record("a", 3));
    }

    @Test
    void r66WhoIsRestartedFindsWhatItFoundBefore() {
        append(1, "a", "x");
        append(1, "b", "x");
        cluster.checkpoint();
        append(1, "a", "y");
        cluster.deliverAll();
        cluster.request(1, "b", new Clear(), Consistency.FAST);
        append(1, "c", "x");
        cluster.tick(Replica.HELD_MILLIS);
        cluster.deliverAll();
        SortedSet<IndexRecord> before = found(2);
        cluster.node(2).restart();
        assertThat(found(2)).isEqualTo(before).containsExactlyInAnyOrder(record("a", 2), record("c", 1));
        cluster.checkpoint();
        assertThat(found(2)).isEqualTo(before);
        assertThat(stored(2)).isEqualTo(before);
    }

    @Test
    void r66APartitionThatIsBackAtItsInitialStateIsInNoIndex() {
        append(1, "a", "x");
        cluster.checkpoint();
        cluster.request(1, "a", new Clear(), Consistency.FAST);
        assertThat(found(1)).isEmpty();
        assertThat(stored(1)).containsExactly(record("a", 1));
        cluster.checkpoint();
        assertThat(found(1)).isEmpty();
        assertThat(stored(1)).isEmpty();
        assertThat(cluster.node(1).stored.states).isEmpty();
    }

    @Test
    void aCopyBringsItsTags() {
        append(1, "a", "x");
        append(1, "b", "x");
        cluster.checkpoint();
        append(1, "b", "y");
        var joiner = cluster.join(4, 1);
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.calm(60);
        cluster.node(1).replica.change(new Change(List.of(), List.of(joiner.id)), cluster.now);
        cluster.node(1).settle();
        cluster.checkpoint();
        assertThat(joiner.replica.status().phase()).isEqualTo(ReplicaStatus.Phase.PARTICIPATING);
        assertThat(found(4)).isEqualTo(found(1)).hasSize(2);
        assertThat(stored(4)).isEqualTo(stored(1));
    }

    @Test
    void anIndexFunctionThatThrowsTakesThePartitionOutOfTheIndexAndSaysSo() {
        append(1, "a", "x");
        append(1, "b", "x");
        cluster.checkpoint();
        long ticket = cluster.request(1, "a", new Append(Journalled.UNTAGGABLE), Consistency.FAST);
        assertThat(cluster.replies(ticket)).hasSize(1).allMatch(reply -> reply instanceof Reply.Answered);
        assertThat(found(1)).containsExactly(record("b", 1));
        cluster.checkpoint();
        assertThat(stored(1)).containsExactly(record("b", 1));
        assertThat(cluster.node(1).alarms)
                .filteredOn(alarm -> alarm.kind() == Alarm.Kind.NOT_INDEXED)
                .hasSize(1)
                .allMatch(alarm -> alarm.text().contains("no tag for this"));
        assertThat(cluster.words(1, "a")).containsExactly("x", Journalled.UNTAGGABLE);
        cluster.request(1, "a", new Clear(), Consistency.FAST);
        append(1, "a", "y");
        assertThat(found(1)).isEqualTo(Set.of(record("a", 1), record("b", 1)));
    }
}
