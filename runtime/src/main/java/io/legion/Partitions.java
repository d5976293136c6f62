package io.legion;

import io.legion.core.Answer;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// The partitions of one type: what a service calls. [Legion#partitions] gives it.
///
/// A partition needs no creation: until its first event it has its type's initial state.
///
/// **Atomicity.** A request applies one event to one partition, at once and whole. Nothing is atomic over
/// several partitions.
///
/// **Failure.** A [RequestException] says whether the event may have been applied. To retry without applying it
/// twice, give the same [RequestId]. After [Legion#close] every method throws [RequestException.Closed].
///
/// **Threads.** Any thread, a virtual one too, may call any method. A blocking method returns when the answer
/// is there, or after [LegionSettings#requestTimeout()]; an interrupt does not end it and stays set. While it
/// waits, a calling thread may do the work of other callers.
///
/// @param <S> the state
public interface Partitions<S> {

    /// Applies an event to a partition and waits for the answer.
    ///
    /// @param id the request's name through all retries: two requests with one id change the state at most
    ///     once, and the second gets the answer of the first. From [#nextRequestId], or the caller's own
    /// @throws RequestException if there is no answer
    <O> Answer<O> request(PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id);

    /// Applies an event to a partition; the stage completes with the answer, or exceptionally with a
    /// [RequestException].
    ///
    /// @param id see [#request(PartitionKey, Event, Consistency, RequestId)]
    /// @throws RequestException.Overloaded at once, if too many requests wait already; likewise `TooLarge` and
    ///     `Closed`
    <O> CompletionStage<Answer<O>> requestLater(
            PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id);

    /// A request id that was never used before, for a request to this partition.
    RequestId nextRequestId(PartitionKey key);

    /// The state of a partition. FAST gives it as the serving node has it now, with all that was answered FAST
    /// there. DURABLE and FINAL both give it with everything that was answered FINAL anywhere before this call,
    /// and with nothing that could still change.
    ///
    /// @return the state; the caller must not change it
    /// @throws RequestException if there is no answer
    S read(PartitionKey key, Consistency consistency);

    /// As [#read(PartitionKey, Consistency)], without waiting.
    CompletionStage<S> readLater(PartitionKey key, Consistency consistency);

    /// The index records of this type in the whole cluster that are strictly greater than `from`, in their
    /// order, each once.
    ///
    /// The search asks as few nodes as hold all shards between them, each for its part. It fetches a page at a
    /// time as the caller consumes the stream, so its length does not matter, and the next page shows what
    /// changed meanwhile. The stream needs no closing; one thread at a time may use it. It throws a
    /// [RequestException] if a page does not come within [LegionSettings#requestTimeout()].
    Stream<IndexRecord> search(SearchTag from);

    /// True if requests to this partition go to this node now, unless [RequestRoute#NEAREST] is set: it is the
    /// preferred one of the reachable nodes with a copy. For work that one node does for each partition, such
    /// as looking for what is overdue.
    ///
    /// It is a hint from what this node knows. Around a failure it may be true on no node for a while; while
    /// the network is cut it is true on one node of each side.
    boolean isServedHere(PartitionKey key);

    /// Applies an event under a fresh request id and waits for the answer.
    ///
    /// @throws RequestException if there is no answer
    default <O> Answer<O> request(PartitionKey key, Event<S, O> event, Consistency consistency) {
        return request(key, event, consistency, nextRequestId(key));
    }

    /// Applies an event, answered FAST, under a fresh request id.
    ///
    /// @throws RequestException if there is no answer
    default <O> Answer<O> request(PartitionKey key, Event<S, O> event) {
        return request(key, event, Consistency.FAST);
    }

    /// Applies an event, answered FAST, to the partition of this name.
    ///
    /// @throws RequestException if there is no answer
    default <O> Answer<O> request(String key, Event<S, O> event) {
        return request(PartitionKey.of(key), event);
    }

    /// Applies an event to the partition of this name.
    ///
    /// @throws RequestException if there is no answer
    default <O> Answer<O> request(String key, Event<S, O> event, Consistency consistency) {
        return request(PartitionKey.of(key), event, consistency);
    }

    /// Applies an event under this request id to the partition of this name.
    ///
    /// @throws RequestException if there is no answer
    default <O> Answer<O> request(String key, Event<S, O> event, Consistency consistency, RequestId id) {
        return request(PartitionKey.of(key), event, consistency, id);
    }

    /// Applies an event under a fresh request id, without waiting.
    default <O> CompletionStage<Answer<O>> requestLater(PartitionKey key, Event<S, O> event, Consistency consistency) {
        return requestLater(key, event, consistency, nextRequestId(key));
    }

    /// Applies an event to the partition of this name, without waiting.
    default <O> CompletionStage<Answer<O>> requestLater(String key, Event<S, O> event, Consistency consistency) {
        return requestLater(PartitionKey.of(key), event, consistency);
    }

    /// The state as the serving node has it now.
    default S read(PartitionKey key) {
        return read(key, Consistency.FAST);
    }

    /// The state of the partition of this name, as the serving node has it now.
    default S read(String key) {
        return read(PartitionKey.of(key));
    }

    /// The state of the partition of this name.
    default S read(String key, Consistency consistency) {
        return read(PartitionKey.of(key), consistency);
    }
}
