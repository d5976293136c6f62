package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// By whom a replica was overruled, and which of its events were not found there (R43).
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
        Wire.optional(out, by, MessageCodec::writeOverruled);
        Wire.flag(out, complete);
        out.varLong(more);
        Wire.list(out, unfound, Listing::writeUnfound);
    }

    void read(WireInput in) {
        by = Wire.optional(in, MessageCodec::readOverruled);
        complete = Wire.flag(in);
        more = in.varLong();
        unfound.clear();
        unfound.addAll(Wire.list(in, Listing::readUnfound));
    }

    private static void writeUnfound(WireOutput out, Unfound event) {
        Wire.request(out, event.request());
        Wire.eventId(out, event.event());
        Wire.optional(out, event.address(), Wire::address);
        Wire.flag(out, event.folded());
    }

    private static Unfound readUnfound(WireInput in) {
        var request = Wire.request(in);
        EventId event = Wire.eventId(in);
        return new Unfound(request, event, Wire.optional(in, Wire::address), Wire.flag(in));
    }
}
