package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;

/// The result of an entry at one place of the order.
///
/// @param state the partition's state after it
/// @param size the most bytes that this state takes when it is written, or [StateMeasure#UNKNOWN]
/// @param changed whether the entry changed the state
/// @param stateHash the hash of the changed state's bytes, if it is small ([StateMeasure#SMALL])
/// @param summary what the caller is told
record Result(Object state, int size, boolean changed, long stateHash, Summary summary) {
    /// The result of an entry that did not change a state of this size.
    static Result unchanged(Object state, int size, Summary summary) {
        return new Result(state, size, false, 0, summary);
    }

    /// True if the entry changed the state, and the state is too large to hash at every fold (R58).
    boolean changedLargeState() {
        return changed && size > StateMeasure.SMALL;
    }

    /// How the entry went.
    enum Kind {
        APPLIED(1),
        /// `apply` threw.
        FAILED(2),
        /// The request is in history already; nothing changed again, and its outcome is forgotten.
        FORGOTTEN(3),
        /// Nobody can know whether the request is in history; nothing changed now.
        TOO_OLD(4),
        /// The request's id stands for another event; nothing changed (R74).
        REUSED(5);

        /// Stands for the kind in stored records and hashes; it must never change.
        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /// @throws CodecException if no kind has this code
        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new CodecException("no kind of outcome has the number " + code);
        }
    }

    /// @param body the encoded output, or as UTF-8 the reason of a failure, or for what else the id was used
    record Summary(Kind kind, Bytes body) {}
}
