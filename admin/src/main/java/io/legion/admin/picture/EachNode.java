package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.Operations;
import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Asks several nodes the same, all at once. Nobody waits for longer than the patience, not even for the node
/// that asks.
///
/// @param operations those of the node that asks
/// @param patience how long to wait for each answer, and for all answers of one look
/// @param nanos a time that goes on evenly
public record EachNode(Operations operations, Duration patience, LongSupplier nanos) {
    /// Asks by the operations of this node.
    public EachNode {
        operations = PatientOperations.of(operations, patience);
    }

    /// By the system's time for intervals.
    public EachNode(Operations operations, Duration patience) {
        this(operations, patience, System::nanoTime);
    }

    /// What a node answered, or why it did not.
    public sealed interface Answer<T> {
        /// An answer.
        record Given<T>(T value) implements Answer<T> {}

        /// None.
        ///
        /// @param why for people
        /// @param maybeAsked false if the node was certainly not asked, or did not begin what it was asked
        record Missing<T>(String why, boolean maybeAsked) implements Answer<T> {
            static <T> Missing<T> of(UnreachableException silent) {
                return new Missing<>(String.valueOf(silent.getMessage()), silent.mayHaveBeenAsked());
            }
        }
    }

    /// The operations of a node.
    public Operations at(NodeId node) {
        return operations.at(node, patience);
    }

    /// Asks each of these nodes.
    public <T> SortedMap<NodeId, Answer<T>> ask(Collection<NodeId> nodes, Function<Operations, T> question) {
        return atOnce(nodes, node -> ask(node, question));
    }

    /// Asks each of these nodes several questions. There is one patience for all of them, however many they
    /// are, and whatever goes wrong at a node is why that node gives no answer.
    ///
    /// @param questions gets the operations of the node anew for each question, with what is left of the
    ///     patience
    public <T> SortedMap<NodeId, Answer<T>> look(
            Collection<NodeId> nodes, Function<Supplier<Operations>, T> questions) {
        long end = nanos.getAsLong() + patience.toNanos();
        return atOnce(nodes, node -> look(node, end, questions));
    }

    private <T> Answer<T> look(NodeId node, long end, Function<Supplier<Operations>, T> questions) {
        try {
            return new Answer.Given<>(questions.apply(() -> until(end, node)));
        } catch (UnreachableException silent) {
            return Answer.Missing.of(silent);
        } catch (RuntimeException failure) {
            return new Answer.Missing<>("The node " + node + " could not say how it is: " + failure, true);
        }
    }

    private Operations until(long end, NodeId node) {
        long left = end - nanos.getAsLong();
        if (left <= 0) {
            throw new UnreachableException("The node " + node + " did not answer all that it was asked within "
                    + patience.toMillis() + " ms.");
        }
        return operations.at(node, Duration.ofNanos(left));
    }

    private static <T> SortedMap<NodeId, Answer<T>> atOnce(
            Collection<NodeId> nodes, Function<NodeId, Answer<T>> question) {
        var asked = new TreeMap<NodeId, Future<Answer<T>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.forEach(node -> asked.put(node, threads.submit(() -> question.apply(node))));
        }
        var answers = new TreeMap<NodeId, Answer<T>>();
        asked.forEach((node, answer) -> answers.put(node, result(answer)));
        return answers;
    }

    /// Asks a node.
    public <T> Answer<T> ask(NodeId node, Function<Operations, T> question) {
        try {
            return new Answer.Given<>(question.apply(at(node)));
        } catch (UnreachableException silent) {
            return Answer.Missing.of(silent);
        }
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while nodes were asked", interrupted);
        }
    }
}
