package io.legion.runtime.call;

import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.LostRequests;
import io.legion.runtime.storage.SavedRequests;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// Brings salvage back as requests, each until it is DURABLE (R50).
public final class Resubmitting {
    /// A try ends after this time; the replica asks for the next one.
    private static final long TRY_MILLIS = 30_000;

    /// How often it looks for what was saved of stopped copies, and how much of it one look submits.
    private static final long SAVED_MILLIS = 1_000;

    private static final int AT_ONCE = 64;

    private record Key(int shard, RequestId id) {
        static final Comparator<Key> ORDER = Comparator.comparingInt(Key::shard).thenComparing(Key::id);
    }

    private final NodeState state;
    private final Routing routing;
    private final TreeSet<Key> underWay = new TreeSet<>(Key.ORDER);
    private final LostRequests lost;
    private final Store store;
    private long lookedMillis = Long.MIN_VALUE / 2;

    public Resubmitting(NodeState state, Routing routing, LostRequests lost, Store store) {
        this.store = store;
        this.state = state;
        this.routing = routing;
        this.lost = lost;
    }

    public void resubmit(int shard, Request request) {
        var key = new Key(shard, request.id());
        if (underWay.add(key)) {
            routing.request(shard, request, new Try(key, request, state.nowMillis + TRY_MILLIS));
        }
    }

    /// R76: submits again what was saved of copies that had stopped.
    public void tick() {
        if (state.maySaveRequests && state.nowMillis - lookedMillis >= SAVED_MILLIS) {
            lookedMillis = state.nowMillis;
            try {
                var saved = SavedRequests.all(store);
                state.maySaveRequests = !saved.isEmpty();
                saved.stream().limit(AT_ONCE).forEach(one -> resubmit(one.shard(), one.request()));
            } catch (StoreException _) {
                // Whatever else reads the store reports this.
            }
        }
    }

    /// The latest requests that were refused for good, for the operator (R54, R74).
    public List<RequestId> lostRequests() {
        return lost.all();
    }

    private final class Try implements Waiter {
        private final Key key;
        private final Request request;
        private final long deadlineMillis;

        Try(Key key, Request request, long deadlineMillis) {
            this.key = key;
            this.request = request;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void replied(Reply reply) {
            underWay.remove(key);
            switch (reply) {
                case Reply.Answered _ -> strike();
                case Reply.Refused refused -> refused(refused);
                case Reply.State other -> throw new IllegalStateException("a request was answered with " + other);
            }
        }

        private void refused(Reply.Refused refused) {
            switch (refused.reason()) {
                case ALREADY_APPLIED -> strike();
                case TOO_OLD -> list("is too old to be submitted again");
                case ID_REUSED -> list("its id stands for another event in history (R74)");
                case NOT_A_PARTICIPANT,
                        NOT_NOW,
                        OVERLOADED,
                        UNREADABLE,
                        NOT_ACTIVE,
                        INTERRUPTED,
                        BEHIND_SESSION,
                        SESSION_LOST ->
                    state.logger.warning("The request " + key.id() + " of shard " + key.shard()
                            + ", which did not get into history, cannot be submitted again now: "
                            + refused.explanation() + " It is kept and tried again.");
            }
        }

        private void strike() {
            state.lane.resubmitted(key.shard(), request);
            if (!state.maySaveRequests) {
                return;
            }
            try {
                SavedRequests.strike(store, key.shard(), request);
            } catch (StoreException _) {
                // It is submitted again, and changes nothing (R53).
            }
        }

        /// Lists the request first, then strikes it: so it is always in at least one place.
        private void list(String why) {
            String lostOne = "The request " + key.id() + " of shard " + key.shard() + " was answered FAST, did not"
                    + " get into history, and " + why + ": it was not applied. ";
            try {
                lost.add(key.id());
            } catch (StoreException failed) {
                state.logger.error(lostOne + "It cannot be listed, and is kept as it is: " + failed.getMessage());
                return;
            }
            state.logger.error(lostOne + "It is listed.");
            state.meters.lost();
            strike();
        }

        @Override
        public void failed(NoAnswer none) {
            underWay.remove(key);
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }
}
