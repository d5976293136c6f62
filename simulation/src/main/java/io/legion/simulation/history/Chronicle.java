package io.legion.simulation.history;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.primitive.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What replicas wrote into their stores about folded requests: the history, seen from outside.
public final class Chronicle {
    private static final int RECORD = 3;
    private static final int KIND = 0x0f;
    private static final int SAME_CLIENT = 0x10;
    private static final int SAME_ORIGIN = 0x20;

    /// An entry does not tell the outcome of its request.
    private static final int UNKNOWN = 0;

    /// The same for a request tried again, which may have been too old (R54) and changed nothing.
    private static final int PERHAPS_NOTHING = -1;

    /// A request that has folded.
    ///
    /// @param position its place in the history of its shard
    /// @param fingerprint of the event for which its id was used (R74)
    /// @param kind the outcome: 1 applied, 2 failed; others changed nothing, or the outcome is not known
    public record Folded(long position, RequestId request, EventId event, long fingerprint, int kind, Bytes body) {
        boolean isPerhapsNothing() {
            return kind == PERHAPS_NOTHING;
        }
    }

    private Chronicle() {}

    /// True if this is the key of a record of outcomes.
    static boolean isOutcomes(byte[] key) {
        return key.length > RECORD && key[0] == 'r' && key[RECORD] == 'O';
    }

    /// True if this is the key of an entry of a log.
    static boolean isEntry(byte[] key) {
        return key.length > RECORD && key[0] == 'e';
    }

    static int shard(byte[] key) {
        return ((key[1] & 0xff) << 8) | (key[2] & 0xff);
    }

    /// Reads a log entry. Null for one without a request.
    ///
    /// @param position where it folded, if it did and nobody has stored its outcome yet
    static @Nullable Folded readEntry(long position, byte[] value) {
        var in = new WireInput(value);
        EventId event = event(in);
        in.varLong();
        return in.optional(from -> readContent(position, event, from));
    }

    private static Folded readContent(long position, EventId event, WireInput in) {
        var request = new RequestId(in.fixed64(), in.signedVarLong());
        EventId birth = in.optional(Chronicle::event);
        int kind = birth == null ? UNKNOWN : PERHAPS_NOTHING;
        return new Folded(position, request, event, use(in.fixed32(), in.bytes(), in.bytes()), kind, Bytes.EMPTY);
    }

    /// The fingerprint of an event for a partition.
    public static long use(int type, byte[] key, byte[] event) {
        return Fingerprint.of(Fingerprint.of(type, key, 0, key.length), event, 0, event.length);
    }

    /// The id by which entries fold.
    static EventId idOfEntry(byte[] value) {
        return event(new WireInput(value));
    }

    /// Reads a record of outcomes.
    static List<Folded> read(byte[] value) {
        var in = new WireInput(value);
        var all = new ArrayList<Folded>();
        Folded before = null;
        for (int left = in.count(1); left > 0; left--) {
            before = folded(before, in);
            all.add(before);
        }
        return all;
    }

    /// What an outcome has in common with the one before is written once.
    private static Folded folded(@Nullable Folded before, WireInput in) {
        byte flags = in.readByte();
        long position = (before == null ? 0 : before.position()) + in.varLong();
        long client =
                before != null && (flags & SAME_CLIENT) != 0 ? before.request().client() : in.fixed64();
        var request = new RequestId(client, in.signedVarLong());
        long time = in.fixed64();
        var origin =
                before != null && (flags & SAME_ORIGIN) != 0 ? before.event().origin() : origin(in);
        long fingerprint = in.fixed64();
        in.fixed32();
        in.bytes();
        return new Folded(
                position, request, new EventId(time, origin), fingerprint, flags & KIND, Bytes.wrap(in.bytes()));
    }

    private static EventId event(WireInput in) {
        return new EventId(in.fixed64(), origin(in));
    }

    private static ParticipantId origin(WireInput in) {
        return new ParticipantId(new NodeId(in.fixed64()), in.varLong());
    }
}
