package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.RequestId;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Turns what has changed in a replica into writes.
final class Storing {
    /// What the store has of the outputs and of the single request ids.
    final RecordChunks outputs = new RecordChunks(Records.OUTPUTS);

    final RecordChunks singles = new RecordChunks(Records.SINGLES);

    private final ReplicaState state;

    Storing(ReplicaState state) {
        this.state = state;
    }

    /// The writes since the last call, under this number.
    List<Write> drain(long number) {
        var writes = new ArrayList<Write>();
        wipe(writes, number);
        drainRetagged(writes);
        state.journal.drainEntries(writes);
        if (isCheckpoint()) {
            drainFolded(writes, number);
        }
        drainDecisions(writes);
        drainSalvage(writes);
        drainFlags(writes);
        return writes;
    }

    /// A change of the epoch is stored with all that folded before it; a copy is stored as it comes.
    private boolean isCheckpoint() {
        return state.journal.epoch
                || !state.participates()
                || state.checkpoint.isDue(state.elapsedMillis, state.infimum.changed(), state.infimum.changedBytes());
    }

    private void drainFolded(List<Write> writes, long number) {
        boolean folded = state.checkpoint.isPending();
        state.checkpoint.drain(writes);
        state.infimum.drain(writes, number);
        state.projections.checkpoint();
        drainMemory(writes);
        if (folded || state.journal.epoch) {
            put(writes, Records.HISTORY, out -> Records.writeHistory(state, out));
        }
    }

    private void drainRetagged(List<Write> writes) {
        if (!state.journal.retagged.isEmpty()) {
            writes.addAll(state.journal.retagged);
            state.journal.retagged.clear();
        }
    }

    private void wipe(List<Write> writes, long number) {
        if (state.journal.wiped) {
            writes.add(new Write.DropEverything());
            state.infimum.wiping(number);
            state.journal.wiped = false;
        }
    }

    private void drainFlags(List<Write> writes) {
        if (state.journal.epoch) {
            put(writes, Records.EPOCH, out -> Records.writeEpoch(state, out));
        }
        if (state.journal.acceptor) {
            put(writes, Records.ACCEPTOR, out -> Records.writeAcceptor(state, out));
        }
        if (state.journal.listing) {
            put(writes, Records.LISTING, out -> Records.writeListing(state, out));
        }
        state.journal.listing = false;
        state.journal.epoch = false;
        state.journal.acceptor = false;
    }

    private static void put(List<Write> writes, Bytes name, Consumer<WireOutput> content) {
        writes.add(new Write.PutRecord(name, Records.encode(content)));
    }

    private void drainMemory(List<Write> writes) {
        state.memory.drainRuns((first, run) -> writes.add(write(first, run)));
        state.memory.drainSingles(news -> singles.add(news, writes));
        singles.dropBefore(state.memory.oldestSingle(), writes);
        state.memory.drainOutputs(news -> outputs.add(news, writes));
        outputs.dropBefore(state.memory.oldestOutput(), writes);
    }

    private static Write write(RequestId first, RequestMemory.@Nullable Run run) {
        return run == null
                ? new Write.DropRecord(Records.run(first))
                : new Write.PutRecord(Records.run(first), Records.encode(out -> Records.writeRun(out, run)));
    }

    private void drainDecisions(List<Write> writes) {
        for (long epoch : state.journal.decisions) {
            Decision decision = state.decisions.get(epoch);
            if (decision == null) {
                writes.add(new Write.DropRecord(Records.name(Records.DECISIONS, epoch)));
            } else {
                put(writes, Records.name(Records.DECISIONS, epoch), out -> Decision.writeDecided(out, decision));
            }
        }
        state.journal.decisions.clear();
    }

    private void drainSalvage(List<Write> writes) {
        state.journal.salvage.forEach((id, kept) -> {
            LogEntry entry = state.salvage.get(id);
            if (!kept) {
                writes.add(new Write.DropRecord(Records.salvage(id)));
            } else if (entry != null) {
                put(writes, Records.salvage(id), entry::write);
            }
        });
        state.journal.salvage.clear();
    }
}
