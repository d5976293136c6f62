package io.legion.core.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class PlacementTest {
    private static final int SHARDS = 4_096;

    private static List<Member> members(int count, IntToDoubleFunction weight, IntFunction<String> zone) {
        var random = new SplittableRandom(42);
        var members = new ArrayList<Member>();
        for (int i = 0; i < count; i++) {
            members.add(new Member(
                    new NodeId(random.nextLong()), Member.Status.UP, 1, weight.applyAsDouble(i), zone.apply(i), ""));
        }
        return members;
    }

    private static List<Member> equal(int count) {
        return members(count, _ -> 1, _ -> "");
    }

    private static SortedMap<NodeId, Integer> loads(List<Member> members, int replicas) {
        var loads = new TreeMap<NodeId, Integer>();
        for (int shard = 0; shard < SHARDS; shard++) {
            Placement.wished(shard, members, replicas).forEach(node -> loads.merge(node, 1, Integer::sum));
        }
        return loads;
    }

    @Test
    void everyShardHasAsManyDifferentParticipantsAsThereAreToHave() {
        for (int nodes = 1; nodes <= 6; nodes++) {
            for (int shard = 0; shard < 200; shard++) {
                var wished = Placement.wished(shard, equal(nodes), 3);
                assertThat(wished).hasSize(Math.min(3, nodes)).doesNotHaveDuplicates();
            }
        }
    }

    /// R60: the wish is a function of who the members are.
    @Test
    void theOrderInWhichMembersAreListedDoesNotMatter() {
        var members = equal(7);
        for (int shard = 0; shard < 200; shard++) {
            assertThat(Placement.wished(shard, members.reversed(), 3)).isEqualTo(Placement.wished(shard, members, 3));
        }
    }

    @Test
    void equalMembersCarryAboutEqualLoads() {
        double fair = SHARDS * 3 / 5.0;
        assertThat(loads(equal(5), 3).values())
                .allSatisfy(load -> assertThat((double) load).isBetween(0.93 * fair, 1.07 * fair));
    }

    @Test
    void aMemberOfTwiceTheWeightIsChosenFirstTwiceAsOften() {
        var members = members(4, i -> i == 0 ? 2 : 1, _ -> "");
        var loads = loads(members, 1);
        double heavy = loads.getOrDefault(members.getFirst().node(), 0);
        assertThat(heavy / SHARDS).isBetween(0.37, 0.43);
    }

    @Test
    void aMemberOfWeightZeroCarriesNothing() {
        var members = members(4, i -> i, _ -> "");
        assertThat(loads(members, 3))
                .hasSize(3)
                .doesNotContainKey(members.getFirst().node());
    }

    @Test
    void whenAMemberComesOnlyWhatItWinsMoves() {
        var before = equal(5);
        var after = equal(6);
        NodeId fresh = after.getLast().node();
        int moved = 0;
        for (int shard = 0; shard < SHARDS; shard++) {
            var lost = new HashSet<>(Placement.wished(shard, before, 3));
            var won = new HashSet<>(Placement.wished(shard, after, 3));
            lost.removeAll(Placement.wished(shard, after, 3));
            won.removeAll(Placement.wished(shard, before, 3));
            assertThat(won).isSubsetOf(fresh);
            assertThat(lost).hasSameSizeAs(won);
            moved += won.size();
        }
        assertThat(moved / (SHARDS * 3.0)).isBetween(0.14, 0.19);
    }

    @Test
    void participantsComeFromDifferentZonesWhereThereAreSo() {
        var members = members(9, _ -> 1, i -> "zone" + i % 3);
        for (int shard = 0; shard < SHARDS; shard++) {
            var zones = new HashSet<String>();
            Placement.wished(shard, members, 3)
                    .forEach(node -> members.stream()
                            .filter(member -> member.node().equals(node))
                            .forEach(member -> zones.add(member.zone())));
            assertThat(zones).hasSize(3);
        }
    }

    @Test
    void withTooFewZonesThereAreAsManyReplicasAllTheSame() {
        var members = members(4, _ -> 1, i -> i == 0 ? "alone" : "crowd");
        for (int shard = 0; shard < 200; shard++) {
            assertThat(Placement.wished(shard, members, 3))
                    .hasSize(3)
                    .contains(members.getFirst().node());
        }
    }
}
