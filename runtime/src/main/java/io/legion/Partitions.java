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

/// The partitions of one type: what a service calls. From [Legion#partitions].
///
/// A partition needs no creation: until its first event it has its type's initial state.
///
/// **Atomicity.** A request is one event, applied to one partition at once and whole. There is no atomicity
/// over several partitions. **Failure.** A [RequestException] says whether the event may have been applied. To
/// try again without applying it twice, give the same [RequestId]. After [Legion#close] every method throws
/// [RequestException.Closed]. **Threads.** Every method may be called by any thread, virtual ones too. The
/// blocking ones return when the answer is there, or after the time that [LegionSettings#requestTimeout()]
/// allows; an interrupt does not end them and stays set. While it waits, a calling thread may do the work of
/// others who wait for the same shards.
///
/// @param <S> the state
public interface Partitions<S> {

    /// Applies an event to a partition and waits for the answer.
    ///
    /// @param id the request's name through all retries: two requests with one id change the state at most
    ///     once, and the second is answered as the first was. From [#nextRequestId], or the caller's own
    /// @throws RequestException if there is no answer
    <O> Answer<O> request(PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id);

    /// Applies an event to a partition; the stage completes with the answer, or exceptionally with a
    /// [RequestException].
    ///
    /// @param id see [#request(PartitionKey, Event, Consistency, RequestId)]
    /// @throws RequestException.Overloaded at once, if too much waits already; likewise `TooLarge` and `Closed`
    <O> CompletionStage<Answer<O>> requestLater(
            PartitionKey key, Event<S, O> event, Consistency consistency, RequestId id);

    /// A request id that was never used, for a request to this partition.
    RequestId nextRequestId(PartitionKey key);

    /// The state of a partition. FAST: as the serving node has it now, what was answered FAST there included.
    /// Otherwise: with everything that was answered FINAL anywhere before this call, and nothing that could
    /// still change.
    ///
    /// @return the state; it must not be changed
    /// @throws RequestException if there is no answer
    S read(PartitionKey key, Consistency consistency);

    /// As [#read(PartitionKey, Consistency)], without waiting.
    CompletionStage<S> readLater(PartitionKey key, Consistency consistency);

    /// The index records of this type, in the whole cluster, that are strictly greater than `from`: in their order,
    /// each once.
    ///
    /// As few nodes as have all shards between them are asked, each for its part, a page at a time as the stream is
    /// consumed: its length does not matter, and what changes meanwhile is seen from the next page on. The stream
    /// needs no closing; it is for one thread at a time. It throws a [RequestException] if a page does not come
    /// within the time allowed.
    Stream<IndexRecord> search(SearchTag from);

    /// True if requests to this partition are brought to this node now: the preferred one of those that have a
    /// copy and can be reached. For work that one node is to do for each partition, such as looking for what is
    /// overdue.
    ///
    /// It is a hint, given from what this node knows: around a failure it may be true on no node for a while, and
    /// while the network is cut it is true on one node of each side.
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
