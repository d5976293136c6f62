package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.Tag;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// What an entry came to at one place of the order.
///
/// @param state the partition's state after it
/// @param stateBytes that state encoded; null if the entry did not change the state
/// @param tags the tags of that state
/// @param summary what whoever waits is told
record Result(Object state, @Nullable Bytes stateBytes, SortedSet<Tag> tags, Summary summary) {
    /// How it went.
    enum Kind {
        APPLIED(1),
        /// `apply` threw.
        FAILED(2),
        /// The request is in history already; nothing changed again, and its outcome is forgotten.
        FORGOTTEN(3),
        /// It can not be known whether the request is in history; nothing changed now.
        TOO_OLD(4);

        /// Stands for the kind in stored records and hashes; never to be changed.
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

    /// @param body the encoded output, or the reason of a failure as UTF-8
    record Summary(Kind kind, Bytes body) {}
}
