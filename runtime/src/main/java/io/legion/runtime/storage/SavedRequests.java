package io.legion.runtime.storage;

import io.legion.core.Consistency;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.shard.Request;
import io.legion.core.shard.Wire;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The accepted requests of copies that were dropped because they had stopped (R76), until each is known to
/// be in history. The copy that accepted them is gone, so the node keeps them itself.
public final class SavedRequests {
    /// A request, and the shard to which it belongs.
    public record Saved(int shard, Request request) {}

    private static final byte[] ALL = ShardLayout.nodeRecord("saved.");

    private SavedRequests() {}

    /// Adds one more to a batch.
    public static void add(Batch batch, int shard, Request request) {
        var out = new WireOutput();
        out.varLong(shard);
        out.optional(request.birth(), Wire::eventId);
        Wire.request(out, request.id());
        Wire.address(out, request.address());
        Wire.bytes(out, request.payload());
        batch.put(key(shard, request), out.toByteArray());
    }

    /// Those that are left.
    public static List<Saved> all(Store store) {
        var all = new ArrayList<Saved>();
        store.scan(ALL, ShardLayout.after(ALL), (_, value) -> all.add(read(new WireInput(value))));
        return List.copyOf(all);
    }

    /// The request is in history, or listed as lost.
    public static void strike(Store store, int shard, Request request) {
        store.write(new Batch().delete(key(shard, request)), Durability.HANDED_OVER);
    }

    private static Saved read(WireInput in) {
        int shard = (int) in.varLong();
        var birth = in.optional(Wire::eventId);
        var id = Wire.request(in);
        return new Saved(shard, new Request(id, birth, Wire.address(in), Wire.bytes(in), null, Consistency.DURABLE));
    }

    /// Two events to which a caller gave one id have two births (R74).
    private static byte[] key(int shard, Request request) {
        var out = new WireOutput();
        Wire.request(out, request.id());
        out.optional(request.birth(), Wire::eventId);
        return ByteBuffer.allocate(ALL.length + Integer.BYTES + out.size())
                .put(ALL)
                .putInt(shard)
                .put(out.toByteArray())
                .array();
    }
}
