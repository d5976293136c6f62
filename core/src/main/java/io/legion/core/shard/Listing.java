package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who overruled a replica, and which of the replica's events were not found there (R43).
final class Listing {
    private static final int MOST = 1_000;

    /// Null while nobody has overruled this replica.
    Message.@Nullable Overruled by;

    boolean complete;
    long more;
    private final ArrayList<Unfound> unfound = new ArrayList<>();

    void begin(Message.Overruled overruler) {
        by = overruler;
        complete = false;
        more = 0;
        unfound.clear();
    }

    void add(Unfound event) {
        if (unfound.size() < MOST) {
            unfound.add(event);
        } else {
            more++;
        }
    }

    /// How many events were not found.
    long count() {
        return unfound.size() + more;
    }

    @Nullable
    Overruled status() {
        Message.Overruled overruler = by;
        return overruler == null
                ? null
                : new Overruled(overruler.epoch(), overruler.participants(), complete, List.copyOf(unfound), more);
    }

    void write(WireOutput out) {
        out.optional(by, MessageCodec::writeOverruled);
        out.flag(complete);
        out.varLong(more);
        out.list(unfound, Listing::writeUnfound);
    }

    void read(WireInput in) {
        by = in.optional(MessageCodec::readOverruled);
        complete = in.flag();
        more = in.varLong();
        unfound.clear();
        unfound.addAll(in.list(Listing::readUnfound));
    }

    private static void writeUnfound(WireOutput out, Unfound event) {
        Wire.request(out, event.request());
        Wire.eventId(out, event.event());
        Wire.address(out, event.address());
        out.flag(event.folded());
    }

    private static Unfound readUnfound(WireInput in) {
        var request = Wire.request(in);
        EventId event = Wire.eventId(in);
        return new Unfound(request, event, Wire.address(in), in.flag());
    }
}
