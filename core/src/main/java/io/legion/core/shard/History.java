package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.primitive.Murmur;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far a replica has folded, and a hash over all of it (R22, R58).
final class History {
    /// For how many positions the replica remembers the hash.
    private static final int REMEMBERED = 16;

    private final int hashEvery;
    private long position;
    private @Nullable EventId lastFolded;
    private VersionVector folded = VersionVector.EMPTY;

    /// The last fold that `folded` does not count yet: mostly many events of one origin fold in a row.
    private @Nullable LogEntry latest;

    private long hash;
    private final LargeStates largeStates;
    private final HashTrail trail = new HashTrail();
    private final TreeMap<Long, Long> hashes = new TreeMap<>();
    private Hashes.Point latestHash = Hashes.Point.NONE;

    History(int hashEvery, LargeStates largeStates) {
        this.hashEvery = hashEvery;
        this.largeStates = largeStates;
    }

    /// The number of events folded since the shard began.
    long position() {
        return position;
    }

    @Nullable
    EventId lastFolded() {
        return lastFolded;
    }

    /// For each origin, the sequence number of its last folded event.
    VersionVector folded() {
        if (latest != null) {
            folded = folded.with(latest.origin(), latest.sequence());
            latest = null;
        }
        return folded;
    }

    long hash() {
        return hash;
    }

    /// The hashes at the last few agreed positions.
    NavigableMap<Long, Long> hashes() {
        return hashes;
    }

    /// The last of them; position 0 if there is none.
    Hashes.Point latestHash() {
        return latestHash;
    }

    /// What went into the hash of late.
    HashTrail trail() {
        return trail;
    }

    /// R58: one more event has folded, and counts in the hash.
    ///
    /// @param result its result; null for a barrier
    void advance(LogEntry entry, @Nullable Result result) {
        position++;
        lastFolded = entry.id();
        if (latest != null && !latest.origin().equals(entry.origin())) {
            folded();
        }
        latest = entry;
        hash = Murmur.mix(hash * 31 + trail.add(entry, result));
        if (result != null && result.appliedToLargeState()) {
            largeStates.applied(entry.address());
        }
        if (position % hashEvery == 0) {
            hash += largeStates.hash(position / hashEvery, entry.id().time(), trail);
            trail.agreed(position);
            hashes.put(position, hash);
            latestHash = new Hashes.Point(position, hash);
            if (hashes.size() > REMEMBERED) {
                hashes.pollFirstEntry();
            }
        }
    }

    /// Nobody asks for this origin any more (R17).
    void forget(ParticipantId origin) {
        folded = folded().with(origin, 0);
    }

    void write(WireOutput out) {
        out.varLong(position);
        out.optional(lastFolded, Wire::eventId);
        folded().write(out);
        out.fixed64(hash);
        out.varLong(hashes.size());
        hashes.forEach((at, value) -> {
            out.varLong(at);
            out.fixed64(value);
        });
        largeStates.write(out);
    }

    void read(WireInput in) {
        position = in.varLong();
        lastFolded = in.optional(Wire::eventId);
        folded = VersionVector.read(in);
        latest = null;
        hash = in.fixed64();
        trail.clear();
        hashes.clear();
        for (int left = in.count(9); left > 0; left--) {
            hashes.put(in.varLong(), in.fixed64());
        }
        largeStates.read(in);
        var last = hashes.lastEntry();
        latestHash = last == null ? Hashes.Point.NONE : new Hashes.Point(last.getKey(), last.getValue());
    }
}
