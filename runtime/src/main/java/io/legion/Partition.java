package io.legion;

import io.legion.core.Answer;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// A handle of one partition. [Partitions#of] gives it.
///
/// A handle costs little to make: a service may keep it or make one for each request. A partition needs no
/// creation: until its first event it has its type's initial state.
///
/// **Kind of answer.** Each call names the [Consistency] that its answer must have. There is no default: what a
/// caller may rely on after an answer is the caller's decision.
///
/// **Atomicity.** A request applies one event to one partition, at once and whole. Nothing is atomic over
/// several partitions.
///
/// **Failure.** A [RequestException] says whether the event may have been applied. To retry without
/// applying it twice, give the same [RequestId]. After [Legion#close] every request and read throws
/// [RequestException.Closed]. An event whose own `apply` failed has an answer: [Answer#output()] throws
/// what it said.
///
/// **Threads.** Any thread, a virtual one too, may call any method. A blocking method returns when the
/// answer is there, or after the time that [#within] allows; only the caller whose thread writes for others
/// waits for a store that hangs. In an interrupted thread a call ends at once with
/// [RequestException.Interrupted]; the thread stays interrupted. While it waits, a calling thread may do
/// the work of other callers. An asynchronous method never waits and never runs an event in the calling
/// thread; a stage that has a callback completes on a thread of its own.
///
/// @param <S> the state
public interface Partition<S> {
    /// The name of the partition among those of its type.
    PartitionKey key();

    /// This partition, with another time that its calls wait for an answer, in place of
    /// [LegionSettings#requestTimeout()].
    ///
    /// @throws IllegalArgumentException if the time is not positive, or longer than 36,500 days
    Partition<S> within(Duration timeout);

    /// This partition within a session: its calls see everything that the session has seen, and the session
    /// sees what they do.
    ///
    /// @throws IllegalArgumentException if the session is of another cluster
    Partition<S> in(Session session);

    /// Applies an event and waits for the answer.
    ///
    /// @throws RequestException if there is no answer
    <O> Answer<O> request(Event<S, O> event, Consistency consistency);

    /// Applies an event under this request id and waits for the answer.
    ///
    /// @param id the request's name through all retries: two requests with one id change the state at most
    ///     once, and the second gets the answer of the first, if they are of the very same event. From
    ///     [#nextRequestId], or the caller's own ([RequestId#of(String)])
    /// @throws RequestException if there is no answer; [RequestException.RequestIdReused] if the id stands for
    ///     another event of the shard
    <O> Answer<O> request(Event<S, O> event, Consistency consistency, RequestId id);

    /// Applies an event; the stage completes with the answer, or exceptionally with a [RequestException].
    ///
    /// @throws RequestException.Overloaded at once, if too many requests wait already; likewise `TooLarge` and
    ///     `Closed`
    <O> CompletionStage<Answer<O>> requestAsync(Event<S, O> event, Consistency consistency);

    /// Applies an event under this request id, as [#requestAsync(Event, Consistency)].
    ///
    /// @param id see [#request(Event, Consistency, RequestId)]
    <O> CompletionStage<Answer<O>> requestAsync(Event<S, O> event, Consistency consistency, RequestId id);

    /// The state. FAST gives it as the serving node has it now, with all that was answered FAST there, and with
    /// all that was answered DURABLE or FINAL anywhere, unless the node is cut off. DURABLE and FINAL both give
    /// it with everything that was answered FINAL anywhere before this call, and with nothing that could still
    /// change.
    ///
    /// @return the state; the caller must not change it
    /// @throws RequestException if there is no answer
    S read(Consistency consistency);

    /// As [#read], without waiting; the stage completes exceptionally with a [RequestException].
    ///
    /// @throws RequestException.Overloaded at once, if too many requests wait already; likewise `Closed`
    CompletionStage<S> readAsync(Consistency consistency);

    /// A request id that was never used before, for a request to this partition.
    RequestId nextRequestId();

    /// True if requests to this partition go to this node now, unless [RequestRoute#NEAREST] is set: it is
    /// the preferred one of the reachable nodes with a copy. For work that one node does for each
    /// partition, such as looking for what is overdue.
    ///
    /// It is a hint from what this node knows, and waits until the node has a moment for it. Around a
    /// failure it may be true on no node for a while; while the network is cut it is true on one node of
    /// each side.
    boolean isServedHere();
}
