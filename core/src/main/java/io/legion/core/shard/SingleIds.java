package io.legion.core.shard;

import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The single ids in history ([RequestId#isSingle()]), in the order in which their events folded: for each the
/// place and time of its event, and the fingerprint of the use that it stands for (R74).
final class SingleIds {
    private static final int POSITION = RequestRing.OWN;
    private static final int TIME = POSITION + 1;
    private static final int FINGERPRINT = TIME + 1;
    private static final int WIDTH = FINGERPRINT + 1;

    /// Every request with a single id is looked for here.
    private final RequestRing ring = new RequestRing(WIDTH, Integer.MAX_VALUE);

    int size() {
        return ring.size();
    }

    void add(RequestMemory.Single id) {
        int slot = ring.addLast(id.request().client(), id.request().number());
        ring.set(slot, POSITION, id.position());
        ring.set(slot, TIME, id.time());
        ring.set(slot, FINGERPRINT, id.fingerprint());
    }

    boolean contains(RequestId request) {
        return ring.find(request.client(), request.number()) >= 0;
    }

    RequestMemory.@Nullable Single find(RequestId request) {
        int slot = ring.find(request.client(), request.number());
        return slot < 0 ? null : single(slot);
    }

    /// True if this id is there, and stands for another event.
    boolean isOfAnother(RequestId request, long fingerprint) {
        int slot = ring.find(request.client(), request.number());
        return slot >= 0 && ring.get(slot, FINGERPRINT) != fingerprint;
    }

    /// The position of the oldest; the largest number if there is none.
    long oldestPosition() {
        return ring.size() == 0 ? Long.MAX_VALUE : ring.get(ring.slot(0), POSITION);
    }

    /// The time of the oldest; there must be one.
    long oldestMillis() {
        return HybridTime.millis(ring.get(ring.slot(0), TIME));
    }

    void forgetOldest() {
        ring.removeFirst();
    }

    /// All of them, the oldest first.
    List<RequestMemory.Single> all() {
        var all = new ArrayList<RequestMemory.Single>(ring.size());
        for (int i = 0; i < ring.size(); i++) {
            all.add(single(ring.slot(i)));
        }
        return all;
    }

    private RequestMemory.Single single(int slot) {
        return new RequestMemory.Single(
                new RequestId(ring.get(slot, RequestRing.CLIENT), ring.get(slot, RequestRing.NUMBER)),
                ring.get(slot, POSITION),
                ring.get(slot, TIME),
                ring.get(slot, FINGERPRINT));
    }
}
