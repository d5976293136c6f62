package io.legion.simulation.history;

import io.legion.core.RequestId;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Boundaries;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What nodes stored about folded requests: the histories of all shards, seen from outside.
public final class Histories {
    private final World world;
    private final List<ShardHistory> lines = new ArrayList<>();
    private long folds;

    public Histories(World world) {
        this.world = world;
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            lines.add(new ShardHistory());
        }
    }

    /// Hears what folds.
    public interface Listener {
        /// A node has stored that a request folded.
        ///
        /// @param line the history of the node's era, with the first report of each place, event and request
        /// @param news false if another node reported just the same of this place before
        void folded(Machine machine, EraHistory line, Chronicle.Folded folded, boolean news);
    }

    /// The number of stored folds, those of each replica counted.
    public long folds() {
        return folds;
    }

    /// The shard's history that goes on.
    public EraHistory line(int shard) {
        return lines.get(shard).latest(world.latestSeen(shard).epoch());
    }

    /// The histories of a shard's overruled eras.
    public List<EraHistory> overruled(int shard) {
        return lines.get(shard).others(line(shard));
    }

    /// True if a change of the shard's participants was forced.
    public boolean isForced(int shard) {
        return lines.get(shard).isForced();
    }

    /// True if a request became more than one event, since two participants were asked. At most one of them counts.
    public boolean isDoubled(int shard, RequestId request) {
        return lines.get(shard).isDoubled(request);
    }

    /// Applies the history of a shard again.
    public Replay replay(int shard) {
        return replay(shard, line(shard));
    }

    public Replay replay(int shard, EraHistory line) {
        return Replay.of(line, world.inquiries.of(shard), boundaries(shard, line));
    }

    /// From when on each version was active in the era of a history.
    public Boundaries boundaries(int shard, EraHistory line) {
        return world.boundaries(shard).of(line.era);
    }

    /// A machine has stored this; the listener hears what folded.
    public void stored(Machine machine, byte[] key, byte[] value, Listener listener) {
        if (Chronicle.isEntry(key)) {
            Chronicle.Folded entry = Chronicle.readEntry(0, value);
            if (entry != null) {
                lines.get(Chronicle.shard(key)).entry(entry.request(), entry.event());
            }
        }
        if (Chronicle.isOutcomes(key)) {
            int shard = Chronicle.shard(key);
            EraHistory line = lines.get(shard).of(machine, machine.status(shard).orElse(null));
            lines.get(shard).stored(machine);
            for (Chronicle.Folded folded : Chronicle.read(value)) {
                folds++;
                listener.folded(machine, line, folded, line.add(folded));
            }
        }
    }

    /// A machine has done some work; this is the status of one of its shards.
    public void looked(Machine machine, int shard, ReplicaStatus status) {
        lines.get(shard).looked(machine, status);
    }

    /// A machine's process ends without a word. What it folded since its last checkpoint (R73) is in its store,
    /// as the first entries there. A replica whose store failed has ended already; its last seen status counts.
    public void ending(Machine machine) {
        for (int shard : machine.hosted()) {
            machine.status(shard)
                    .or(() -> lines.get(shard).last(machine))
                    .filter(status -> status.folded() != status.saved())
                    .ifPresent(status -> takeUnstored(machine, shard, status));
        }
    }

    private void takeUnstored(Machine machine, int shard, ReplicaStatus status) {
        EraHistory line = lines.get(shard).of(machine, status);
        List<byte[]> folded = machine.disk.entries(shard).stream()
                .sorted(Comparator.comparing(Chronicle::idOfEntry))
                .limit(status.folded() - status.saved())
                .toList();
        for (int i = 0; i < folded.size(); i++) {
            Chronicle.Folded unstored = Chronicle.readEntry(status.saved() + 1 + i, folded.get(i));
            if (unstored != null) {
                line.addUnstored(unstored);
            }
        }
    }

    /// The run is over: what an overruled era has not stored, it never will.
    public void end() {
        for (int shard = 0; shard < lines.size(); shard++) {
            overruled(shard).forEach(EraHistory::takeUnstored);
        }
    }
}
