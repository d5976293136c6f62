package io.legion;

import io.legion.core.RequestId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request or a read that got no answer. The subclass says why, [#fate()] what became of the event, and so
/// whether to try again.
///
/// An event whose own `apply` failed is none of these: its caller gets an answer, see
/// [io.legion.core.EventFailedException].
///
/// The constructors are public so that the [Partition] of a test can fail as a real one does.
public abstract sealed class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What became of the event of a request.
    public enum Fate {
        /// Nothing was changed, and nothing will be.
        NOT_APPLIED,
        /// It may have been applied, or may still be. A retry under the same request id changes the state at
        /// most once; one under a new id may change it twice.
        UNKNOWN,
        /// It was applied, once.
        APPLIED
    }

    private final transient @Nullable RequestId requestId;
    private final Fate fate;

    RequestException(String message, @Nullable RequestId requestId, Fate fate) {
        super(message);
        this.requestId = requestId;
        this.fate = fate;
    }

    /// The id of the request, for a retry; empty for a read, or if the request had none yet.
    public Optional<RequestId> requestId() {
        return Optional.ofNullable(requestId);
    }

    /// What became of the event.
    public Fate fate() {
        return fate;
    }

    /// The node that serves the shard, or this one, has more to do than its bounds allow. Nothing was changed,
    /// unless [#fate()] says that a node asked before may have applied the event; try again after a while.
    public static final class Overloaded extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public Overloaded(String message, @Nullable RequestId requestId) {
            this(message, requestId, Fate.NOT_APPLIED);
        }

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public Overloaded(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// No answer within the time allowed. The event may be applied or not: a retry with the same [#requestId()]
    /// is safe.
    public static final class TimedOut extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public TimedOut(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.UNKNOWN);
        }
    }

    /// No node that could serve the shard is reachable now, or each one turned the request away: the message
    /// says why the last one did. Nothing was changed, unless [#fate()] says otherwise; try again later.
    public static final class NotAvailable extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public NotAvailable(String message, @Nullable RequestId requestId) {
            this(message, requestId, Fate.NOT_APPLIED);
        }

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public NotAvailable(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// The shard stopped here: its store failed, something stored could not be read, or an invariant did not
    /// hold. The log has the cause. [#fate()] tells whether the event may be applied.
    public static final class ShardStopped extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public ShardStopped(String message, @Nullable RequestId requestId) {
            this(message, requestId, Fate.UNKNOWN);
        }

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public ShardStopped(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// This Legion is closing or closed. A request that was already under way may be applied or not.
    public static final class Closed extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if the request was under way
        public Closed(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// The calling thread is interrupted, and stays so; a call does not wait in such a thread. If the thread was
    /// interrupted before the call, Legion asked nobody. An interrupt during the call ends the waiting and
    /// nothing else.
    public static final class Interrupted extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if the request was under way
        public Interrupted(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// An event was applied once under this request id; its output is no longer remembered, and the state did
    /// not change again. It was this event, unless the caller used the id for two.
    public static final class AlreadyApplied extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public AlreadyApplied(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.APPLIED);
        }
    }

    /// The request id stands for another event, of this partition or another one of its shard. This event
    /// changed nothing; the message names both uses as far as they are remembered. Give each event an id of its
    /// own.
    ///
    /// Legion compares only events of one shard. A caller that gives one id to two partitions mostly does not
    /// hear of it: most partitions are in different shards, and then both events are applied.
    public static final class RequestIdReused extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public RequestIdReused(String message, @Nullable RequestId requestId) {
            this(message, requestId, Fate.NOT_APPLIED);
        }

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public RequestIdReused(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// The event, or one of its components, came with a version of the partition's type that is not active in the shard
    /// yet ([io.legion.core.Since]): nodes of an older release could not apply it. Nothing was changed. The version
    /// becomes active once all nodes run a release that has it, unless an operator holds it; then a retry succeeds.
    public static final class NotActive extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public NotActive(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }

    /// The request was first accepted so long ago that the shard no longer knows whether it was applied; it was
    /// not applied now.
    public static final class TooOld extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public TooOld(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.UNKNOWN);
        }
    }

    /// No node that could be reached within the time allowed has what the caller's [Session] has seen. Nothing
    /// was changed; try again later, or without the session.
    public static final class SessionNotReached extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public SessionNotReached(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.NOT_APPLIED);
        }
    }

    /// An event that the caller's [Session] has seen is not in history: a node answered it FAST and was then
    /// removed or lost, or a forced change gave it up. Nothing was changed; begin a new session.
    public static final class SessionLost extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public SessionLost(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.NOT_APPLIED);
        }
    }

    /// The event is larger than allowed. Nothing was changed, and a retry is of no use.
    public static final class TooLarge extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public TooLarge(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.NOT_APPLIED);
        }
    }

    /// The event cannot be written as bytes: its codec refuses it or fails, as for a null in a list or for
    /// more bytes than the codec's limit. The cause is what the codec threw. Nothing was changed, and a
    /// retry is of no use.
    public static final class Unwritable extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public Unwritable(String message, @Nullable RequestId requestId) {
            super(message, requestId, Fate.NOT_APPLIED);
        }
    }

    /// The serving replica cannot read the event or does not know the partition type, or a state that was read
    /// cannot get from one node to the other, or an output cannot be read here: the nodes run programs that
    /// differ. [#fate()] tells what became of the event.
    public static final class Unreadable extends RequestException {
        private static final long serialVersionUID = 1L;

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        public Unreadable(String message, @Nullable RequestId requestId) {
            this(message, requestId, Fate.NOT_APPLIED);
        }

        /// @param message what happened, what is true now, and what to do
        /// @param requestId null for a read
        /// @param fate unknown if a node may have taken the event in before
        public Unreadable(String message, @Nullable RequestId requestId, Fate fate) {
            super(message, requestId, fate);
        }
    }
}
