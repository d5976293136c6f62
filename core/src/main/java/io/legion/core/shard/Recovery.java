package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.Invariant;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// R65: reads a replica back from its store. Whatever cannot be read stops it. The clock passes every id that
/// the store has (R6).
final class Recovery {
    private final ReplicaState state;
    private final Storing storing;
    private long firstSingle;

    Recovery(ReplicaState state, Storing storing) {
        this.state = state;
        this.storing = storing;
    }

    /// True if the store holds a replica of the shard.
    static boolean isPresent(ShardStorage storage) {
        boolean[] present = {false};
        storage.records(Records.EPOCH, (_, _) -> present[0] = true);
        return present[0];
    }

    void recover() {
        Invariant.hold(isPresent(state.storage), "a replica is recovered only from a store that has one");
        recoverEpoch();
        recoverHistory();
        state.requireVersions();
        each(Records.ACCEPTOR, (_, in) -> Records.readAcceptor(state, in));
        each(Records.DECISIONS, (name, in) -> state.decisions.put(number(name), Decision.readStored(in)));
        each(Records.LISTING, (_, in) -> Records.readListing(state, in));
        each(Records.RUNS, (_, in) -> state.memory.restore(Records.readRun(in)));
        each(Records.SINGLES, (name, in) -> recoverSingles(number(name), in));
        each(Records.OUTPUTS, (name, in) -> recoverOutputs(number(name), in));
        each(Records.SALVAGE, (_, in) -> recoverSalvage(LogEntry.read(in)));
        recoverEntries();
    }

    /// Reads the phase, the epoch and the participants alone.
    void recoverEpoch() {
        each(Records.EPOCH, (_, in) -> Records.readEpoch(state, in));
    }

    /// Reads how far a participant has folded by what is stored; null if the store holds none.
    @Nullable
    StoredHistory history() {
        if (!isPresent(state.storage)) {
            return null;
        }
        recoverEpoch();
        recoverHistory();
        return state.participates() ? new StoredHistory(state.history.position(), state.history.hash()) : null;
    }

    private void recoverHistory() {
        each(Records.HISTORY, (_, in) -> firstSingle = Records.readHistory(state, in));
    }

    private interface RecordReader {
        void read(Bytes name, WireInput in);
    }

    private void each(Bytes prefix, RecordReader reader) {
        state.storage.records(prefix, (name, bytes) -> reader.read(name, new WireInput(bytes.shared())));
    }

    private static long number(Bytes name) {
        return ByteBuffer.wrap(name.shared()).getLong(1);
    }

    private void recoverSingles(long first, WireInput in) {
        List<RequestMemory.Single> singles = in.list(Records::readSingle);
        for (RequestMemory.Single single : singles) {
            if (single.position() >= firstSingle) {
                state.memory.restore(single);
            }
        }
        storing.singles.know(first, singles.getLast().position());
    }

    private void recoverOutputs(long first, WireInput in) {
        List<RequestMemory.Output> outputs = in.list(new OutputWire.Reader()::read);
        outputs.forEach(state.memory::restore);
        storing.outputs.know(first, outputs.getLast().position());
    }

    private void recoverSalvage(LogEntry entry) {
        state.salvage.put(entry.id(), entry);
    }

    /// The vector follows from what has folded and what is outstanding, which are both stored.
    private void recoverEntries() {
        var entries = new ArrayList<LogEntry>();
        state.storage.entries(bytes -> entries.add(LogEntry.read(new WireInput(bytes.shared()))));
        entries.sort(Comparator.comparing(LogEntry::origin).thenComparingLong(LogEntry::sequence));
        state.vector = state.history.folded();
        for (LogEntry entry : entries) {
            Invariant.hold(
                    entry.sequence() == state.vector.get(entry.origin()) + 1,
                    "the stored events of an origin have no gaps (R11)");
            state.vector = state.vector.with(entry.origin(), entry.sequence());
            state.passed(entry.id().time());
            state.log.add(entry);
            state.projections.insert(entry);
        }
        var last = state.history.lastFolded();
        if (last != null) {
            state.passed(last.time());
        }
        state.passed(state.versions.latest());
    }
}
