package io.legion.spi;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Specification of the store service, where a node keeps its shards: an ordered map from keys to values, both
/// bytes. Atomic batches change it.
///
/// Keys have 1 to [#MAX_KEY_BYTES] bytes and are ordered as unsigned bytes, a prefix before its continuations.
/// Values may be empty.
///
/// **Durability.** [#write] returns when the batch has reached the durability asked for, or a stronger one;
/// [Durability] says what each survives. A batch survives as a whole or not at all. A store that cannot give a
/// durability gives its [#strongest()].
///
/// **Ordering.** Batches take effect one after the other, in an order that is the same for every reader and
/// after every reopening; within a batch the later change of a key wins. A batch whose write returned before
/// another write began comes first. What survives is a prefix of this order: if a batch is there, so is every
/// batch before it (a batch of [Durability#MEMORY] may be gone although later, stronger ones are there). A read
/// that begins after a write has returned sees it.
///
/// **Failure.** When the world fails, a method throws [StoreException], whose doc says what is true afterwards.
/// After a failed write the store refuses all further writes; only a store that was [StoreException.Full] takes
/// them once there is room. It never reports as absent what it cannot read (R65). It retries nothing. Once it is
/// closed, every method throws [IllegalStateException].
///
/// **Threads.** Any thread may call any method, a visitor of [#scan] too (a scan holds no lock). Writers that
/// wait for a force at the same time share it. An interrupt does not end a call.
///
/// This handle has no close: the program that opened the implementation closes it, when all calls have
/// returned.
public interface Store {

    /// The most bytes that a key has.
    int MAX_KEY_BYTES = 4096;

    /// The value of a key.
    ///
    /// @return the value, or null if there is none. The array may be shared: the caller must not change it
    byte @Nullable [] get(byte[] key);

    /// Visits keys in their order, as the store was at one moment of this call: the visitor sees a batch whole
    /// or not at all, whatever is written meanwhile.
    ///
    /// @param from the first key that may be visited; empty for the beginning
    /// @param to the key before which to stop, or null for the end
    /// @param visitor called by this thread; what it throws ends the scan and reaches the caller
    /// @throws StoreException if it cannot be read, or the store can no longer show that moment: the message says
    ///     so, and another scan shows a later one
    void scan(byte[] from, byte @Nullable [] to, Visitor visitor);

    /// Applies a batch, all of it or nothing, and waits until it is as durable as asked.
    ///
    /// @param batch must not change until this returns; the caller may then clear it and use it again
    void write(Batch batch, Durability durability);

    /// The strongest durability that this store gives. A store that gives only [Durability#MEMORY] forgets
    /// everything at its close, its identity too.
    Durability strongest();

    /// The identity of this store, or empty if it never got one: then it holds nothing.
    Optional<StoreIdentity> identity();

    /// Gives this store its identity, forced to disk. Required before the first [#write].
    ///
    /// A store with an identity takes a new [StoreIdentity#node()] (R1): its contents stay, unless it has
    /// [#damage()], which may take them with it, and it is [#complete()] again. It takes new
    /// [StoreIdentity#settings()] too. It refuses another cluster with an [IllegalArgumentException].
    void identify(StoreIdentity identity);

    /// True if this store was closed properly before it was opened this time, and for a new store.
    ///
    /// Closing sets the mark as its last step; opening clears it as its last step.
    boolean stoppedCleanly();

    /// True if every write acknowledged since the store got its node id is there for sure (R1).
    ///
    /// False once the store did not stop cleanly and a write was weaker than what the stop left intact: a
    /// write of [Durability#MEMORY] if only the process died, also one of [Durability#HANDED_OVER] if the
    /// machine may have stopped. False too if the store found [#damage()]. It stays false until [#identify]
    /// gives a new node id. (A store cannot tell from inside that it was restored from a copy. The other
    /// nodes can, see R71.)
    boolean complete();

    /// What is missing although it was as durable as asked, as a sentence with figures; empty if nothing is
    /// known to be. A store with such damage is not [#complete()], until [#identify] gives a new node id. Until
    /// then it may not even be able to read or write: each call says so ([StoreException.Damaged]).
    default Optional<String> damage() {
        return Optional.empty();
    }

    /// What the store cannot read, or cannot do as well as it should, although it goes on: as a sentence, with
    /// what to do; empty while all is well. It may change at any time.
    default Optional<String> warning() {
        return Optional.empty();
    }

    /// Takes what a scan finds.
    @FunctionalInterface
    interface Visitor {
        /// Takes one key with its value; both may be shared, and the visitor must not change them.
        ///
        /// @return false to end the scan
        boolean visit(byte[] key, byte[] value);
    }
}
