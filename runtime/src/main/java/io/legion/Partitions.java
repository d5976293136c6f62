package io.legion;

import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// The partitions of one type. [Legion#partitions] gives it.
///
/// ```java
/// var accounts = legion.partitions(ACCOUNTS);
/// accounts.of("alice").request(new Deposit(5), FINAL);
/// accounts.searchAll(Search.atLeast("cents", 100)).forEach(record -> ...);
/// ```
///
/// **Threads.** Any.
///
/// @param <S> the state
public interface Partitions<S> {
    /// The partition with this key.
    Partition<S> of(PartitionKey key);

    /// The partition whose key is this text in UTF-8.
    ///
    /// @throws IllegalArgumentException if the text is empty, or longer than [PartitionKey#MAX_BYTES] in UTF-8
    default Partition<S> of(String key) {
        return of(PartitionKey.of(key));
    }

    /// One page of what a search finds in the index of the whole cluster: the tags of the states as the serving nodes
    /// have them now, FAST. Two pages are no snapshot together.
    ///
    /// The search asks as few nodes as hold all shards between them, each for its part.
    ///
    /// @throws RequestException if there is no answer within [LegionSettings#requestTimeout()]
    SearchPage search(Search search);

    /// As [#search], without waiting; the stage completes exceptionally with a [RequestException].
    ///
    /// @throws RequestException.Overloaded at once, if too many requests wait already; likewise `Closed`
    CompletionStage<SearchPage> searchAsync(Search search);

    /// Everything that a search finds, in order, each record once.
    ///
    /// The stream fetches a page of [Search#limit()] records at a time as the caller consumes it, so its length
    /// does not matter, and the next page shows what changed meanwhile. It needs no closing; one thread at a time
    /// may use it. It throws a [RequestException] if a page does not come in time.
    Stream<IndexRecord> searchAll(Search search);
}
