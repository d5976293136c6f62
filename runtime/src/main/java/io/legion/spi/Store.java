package io.legion.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Specification of the store service: where a node keeps its shards. An ordered map from keys to values, both
/// bytes, that is changed by atomic batches.
///
/// Keys have 1 to [#MAX_KEY_BYTES] bytes and are ordered as unsigned bytes, a prefix before what it begins.
/// Values may be empty.
///
/// **Durability.** [#write] returns when the batch has reached the durability asked for, or a stronger one;
/// what each survives is said at [Durability]. A batch is atomic in what survives as well: all of it or
/// nothing. A store that can not give a durability gives its [#strongest()].
///
/// **Ordering.** Batches take effect one after the other, in an order that is the same for every reader and
/// after every reopening; within a batch the later change of a key wins. A batch whose write returned before
/// another was begun comes before it. What survives is a prefix of this order: if a batch is there, so is every
/// batch before it (a batch of [Durability#MEMORY] may be gone although later, stronger ones are there). A read
/// that begins after a write has returned sees it.
///
/// **Failure.** The world failing is a [StoreException], whose doc says what is true afterwards: after a failed
/// write all further writes are refused; something that can not be read is never reported as absent (R65).
/// Nothing is retried. After the store was closed every method throws [IllegalStateException].
///
/// **Threads.** Every method may be called by any thread, also by a visitor of [#scan] (which holds no lock).
/// Writers that wait for a force at the same time share it. An interrupt does not end a call.
///
/// Closing is not for those who hold the handle: who opened the implementation closes it, when all calls have
/// returned.
public interface Store {

    /// The most bytes that a key has.
    int MAX_KEY_BYTES = 4096;

    /// The value of a key.
    ///
    /// @return the value, or null if there is none. It may be shared and must not be changed
    byte @Nullable [] get(byte[] key);

    /// Visits keys in their order, as the store was at one moment of this call: a batch is seen whole or not at
    /// all, whatever is written meanwhile.
    ///
    /// @param from the first key that may be visited; empty for the beginning
    /// @param to the key before which to stop, or null for the end
    /// @param visitor called by this thread; what it throws ends the scan and reaches the caller
    void scan(byte[] from, byte @Nullable [] to, Visitor visitor);

    /// Applies a batch, all of it or nothing, and waits until it is as durable as asked.
    ///
    /// @param batch must not be changed until this returns; may then be cleared and used again
    void write(Batch batch, Durability durability);

    /// The strongest durability that this store gives. One that gives only [Durability#MEMORY] forgets
    /// everything when it is closed, its identity too.
    Durability strongest();

    /// Whose store this is, or empty if it was never identified: then it holds nothing.
    Optional<StoreIdentity> identity();

    /// Says whose store this is, forced to disk. Necessary before the first [#write].
    ///
    /// An identified store may be given a new [StoreIdentity#node()] (R1), in which case its contents stay and
    /// it is [#complete()] again, and new [StoreIdentity#settings()]; for another cluster it is refused with an
    /// [IllegalArgumentException].
    void identify(StoreIdentity identity);

    /// Whether this store was closed properly before it was opened this time. A new store was.
    ///
    /// The mark is set as the last step of closing and cleared as the last step of opening.
    boolean stoppedCleanly();

    /// Whether every write that was acknowledged since its node id was given is there for sure (R1).
    ///
    /// False once the store was not stopped cleanly and a write was weaker than what the stop left intact: a
    /// write of [Durability#MEMORY] if only the process died, also one of [Durability#HANDED_OVER] if the machine
    /// may have stopped. It stays false until [#identify] gives a new node id. (That a store was restored from a
    /// copy nobody can tell from inside: the other nodes can, see R71.)
    boolean complete();

    /// Takes what a scan finds.
    @FunctionalInterface
    interface Visitor {
        /// Takes one key with its value; both may be shared and must not be changed.
        ///
        /// @return false to see no more
        boolean visit(byte[] key, byte[] value);
    }
}
