package io.legion.simulation.faults;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Unfound;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The person who forces a change where a majority is lost (R43), reads what overruled replicas list, and drops
/// these replicas.
public final class Operator {
    private static final long LOOK_MILLIS = 500;

    /// A shard must be without a majority for this many looks in a row.
    private static final int PATIENCE = 6;

    /// A reachable participant that was not heard of for this long never comes.
    private static final long COMING_MILLIS = 10_000;

    private final World world;
    private final List<TreeSet<RequestId>> listed = new ArrayList<>();
    private final long[] more;
    private final TreeMap<Integer, Integer> lostFor = new TreeMap<>();
    private boolean begun;

    /// True if disks of a majority were lost for good.
    private boolean disksLost;

    public Operator(World world) {
        this.world = world;
        this.more = new long[world.scene.nodes().shards()];
        for (int shard = 0; shard < more.length; shard++) {
            listed.add(new TreeSet<>());
        }
    }

    /// A fault happens that may need a force.
    void begin(boolean losesDisks) {
        disksLost |= losesDisks;
        if (!begun) {
            begun = true;
            look();
        }
    }

    /// A request submitted again was refused as too old (R54).
    public void lists(int shard, RequestId request) {
        listed.get(shard).add(request);
    }

    /// True for a request that overruled replicas did not find in the history that goes on, or that is too old.
    public boolean isListed(int shard, RequestId request) {
        return listed.get(shard).contains(request);
    }

    /// How many more requests may be missing there.
    public long more(int shard) {
        return more[shard];
    }

    /// True if a DURABLE request may be missing in the history that goes on.
    public boolean mayLack(int shard, RequestId request) {
        return disksLost || more[shard] > 0 || isListed(shard, request);
    }

    /// True if anything was not found in the history that goes on.
    public boolean hasListed() {
        return listed.stream().anyMatch(requests -> !requests.isEmpty());
    }

    private void look() {
        for (int shard = 0; shard < more.length; shard++) {
            for (Machine machine : world.machines) {
                readList(machine, shard);
            }
            forceIfLost(shard);
        }
        world.timeline.afterMillis(LOOK_MILLIS, this::look);
    }

    /// Reads the list of an overruled replica once it is complete, and lets the replica drop its copy.
    public void readList(Machine machine, int shard) {
        if (complete(machine, shard) != null) {
            machine.give((process, now) -> {
                // Its disk may have filled up since.
                Overruled overruled = complete(machine, shard);
                if (overruled != null) {
                    note(shard, overruled);
                    world.story.tell(machine.name, () -> "is looked at: " + overruled + ", and its copy is dropped");
                    process.dropOverruledCopy(shard, now);
                }
            });
        }
    }

    private static @Nullable Overruled complete(Machine machine, int shard) {
        return machine.status(shard)
                .filter(status -> status.phase() == ReplicaStatus.Phase.OVERRULED && !machine.isDiskInTrouble())
                .map(ReplicaStatus::overruled)
                .filter(Overruled::complete)
                .orElse(null);
    }

    private void note(int shard, Overruled overruled) {
        overruled.unfound().stream().map(Unfound::request).forEach(listed.get(shard)::add);
        more[shard] += overruled.more();
    }

    /// Tells a machine to go on without the participants that it does not see, if it has seen no majority for a
    /// while and is the first of the latest epoch among the machines that it can reach.
    private void forceIfLost(int shard) {
        for (Machine machine : world.machines) {
            ReplicaStatus status = machine.status(shard).orElse(null);
            int key = machine.number * more.length + shard;
            if (status == null || !isFirst(machine, shard, status) || hasMajority(machine, shard, status)) {
                lostFor.remove(key);
            } else if (lostFor.merge(key, 1, Integer::sum) >= PATIENCE) {
                lostFor.remove(key);
                force(machine, shard, status);
            }
        }
    }

    private boolean isFirst(Machine machine, int shard, ReplicaStatus status) {
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                && world.machines.stream()
                        .filter(other -> other == machine || world.isReachable(machine, other))
                        .filter(other -> other.status(shard)
                                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                                .isPresent())
                        .max(Comparator.comparingLong((Machine other) -> epoch(other, shard))
                                .thenComparing(Comparator.comparingInt((Machine other) -> other.number)
                                        .reversed()))
                        .filter(first -> first == machine)
                        .isPresent();
    }

    private static long epoch(Machine machine, int shard) {
        return machine.status(shard).map(ReplicaStatus::epoch).orElse(-1L);
    }

    private boolean hasMajority(Machine machine, int shard, ReplicaStatus status) {
        return 2 * (status.participants().size() - lost(machine, shard, status).size())
                > status.participants().size();
    }

    private List<NodeId> lost(Machine machine, int shard, ReplicaStatus status) {
        return IntStream.range(0, status.participants().size())
                .filter(index -> !isThere(machine, shard, status, index))
                .mapToObj(index -> status.participants().get(index).node())
                .toList();
    }

    private boolean isThere(Machine machine, int shard, ReplicaStatus status, int index) {
        ParticipantId participant = status.participants().get(index);
        Machine other = world.machineOf(participant.node());
        return other == machine
                || (other != null
                        && world.isReachable(machine, other)
                        && takesPart(other, shard)
                        && came(status, participant, status.silentMillis().get(index)));
    }

    private static boolean takesPart(Machine machine, int shard) {
        return machine.status(shard)
                .filter(s -> s.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .isPresent();
    }

    /// A participant that two forced changes named, or that another one overruled, may be in the other's era
    /// for good: its node can be reached, and it never comes.
    private static boolean came(ReplicaStatus status, ParticipantId participant, long silentMillis) {
        return status.entered().contains(participant) || silentMillis < COMING_MILLIS;
    }

    private void force(Machine machine, int shard, ReplicaStatus status) {
        List<NodeId> lost = lost(machine, shard, status);
        world.story.tell(machine.name, () -> "is told that " + lost + " are lost for shard " + shard);
        machine.give((process, now) -> process.force(shard, lost, now));
    }
}
