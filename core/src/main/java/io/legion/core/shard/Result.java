package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;

/// The result of an entry at one place of the order.
///
/// @param state the partition's state after it
/// @param version the version as which size and hash are those of the bytes
/// @param size the most bytes that this state takes when it is written, or [StateMeasure#UNKNOWN]
/// @param stateHash the hash of the state's bytes; 0 if the state is large ([StateMeasure#SMALL]) or not known yet
/// @param course what it did to the state
/// @param summary what the caller hears
record Result(Object state, int version, int size, long stateHash, Course course, Summary summary) {
    /// What an entry did to the state. Whether an `apply` gave the very object that was there depends on what this
    /// replica has in memory; so what replicas compare must not tell the first two apart (R58).
    enum Course {
        /// `apply` gave a state that may be another one.
        CHANGED,
        /// `apply` gave the object that was there.
        KEPT,
        /// Nothing was applied now, or `apply` threw.
        UNTOUCHED
    }

    /// The result of an entry that was not applied to the state of this one.
    Result unchanged(Summary its) {
        return new Result(state, version, size, stateHash, Course.UNTOUCHED, its);
    }

    /// R90: the same state for a version, as which it may take other bytes.
    Result at(int another) {
        return another == version ? this : new Result(state, another, StateMeasure.UNKNOWN, 0, course, summary);
    }

    /// True if there may be another state to store.
    boolean changed() {
        return course == Course.CHANGED;
    }

    /// True if an event was applied: then the state counts in the hash of history (R58).
    boolean applied() {
        return course != Course.UNTOUCHED;
    }

    /// True if an event was applied, and the state is too large to hash at every fold (R58).
    boolean appliedToLargeState() {
        return applied() && size > StateMeasure.SMALL;
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
