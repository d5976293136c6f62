package io.legion.runtime.storage;

import io.legion.core.Bytes;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Request;
import io.legion.core.shard.StoredEntry;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.LinkedHashSet;
import java.util.SequencedCollection;
import java.util.SequencedSet;

/// R76: what can still be read of what a damaged copy accepted, and others may not have.
public final class ReadableRequests {
    /// After this many entries in a row that cannot be read, it looks no further.
    private static final int MOST_UNREADABLE = 1_024;

    private final Store store;
    private final int shard;
    private final SequencedSet<Request> requests = new LinkedHashSet<>();
    private int unreadable;
    private boolean isMore;

    private ReadableRequests(Store store, int shard) {
        this.store = store;
        this.shard = shard;
    }

    /// Reads the participant's own events beyond its cut, and what the copy had kept as salvage.
    ///
    /// @param cut the last event of the participant that is in history; -1 if that is not known
    public static ReadableRequests of(Store store, int shard, ParticipantId participant, long cut) {
        var readable = new ReadableRequests(store, shard);
        readable.salvage();
        if (cut >= 0) {
            readable.entriesBeyond(participant, cut);
        } else {
            readable.scan(
                    ShardLayout.entry(shard, participant, 0), ShardLayout.entry(shard, participant, Long.MAX_VALUE));
        }
        return readable;
    }

    public SequencedCollection<Request> requests() {
        return requests;
    }

    /// What could not be read, for people; empty if everything was.
    public String unreadable() {
        return unreadable == 0 ? "" : unreadable + (isMore ? " or more" : "") + " could not be read, and are lost";
    }

    private void salvage() {
        byte[] from = ShardLayout.record(shard, StoredEntry.SALVAGE);
        scan(from, ShardLayout.after(from));
    }

    private void scan(byte[] from, byte[] to) {
        try {
            store.scan(from, to, (_, value) -> {
                take(value);
                return true;
            });
        } catch (StoreException damaged) {
            isMore = true;
            unreadable++;
        }
    }

    /// The events of one origin have no gaps (R11).
    private void entriesBeyond(ParticipantId participant, long cut) {
        int inARow = 0;
        for (long sequence = cut + 1; inARow < MOST_UNREADABLE; sequence++) {
            try {
                byte[] value = store.get(ShardLayout.entry(shard, participant, sequence));
                if (value == null) {
                    return;
                }
                take(value);
                inARow = 0;
            } catch (StoreException damaged) {
                unreadable++;
                inARow++;
            }
        }
        isMore = true;
    }

    private void take(byte[] value) {
        try {
            StoredEntry.request(Bytes.wrap(value)).ifPresent(requests::add);
        } catch (RuntimeException damaged) {
            unreadable++;
        }
    }
}
