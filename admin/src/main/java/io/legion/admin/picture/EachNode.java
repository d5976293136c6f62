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

/// Asks several nodes the same, all at once.
///
/// @param operations those of the node that asks
/// @param patience how long to wait for each answer
public record EachNode(Operations operations, Duration patience) {
    /// What a node answered, or why it did not.
    public sealed interface Answer<T> {
        /// An answer.
        record Given<T>(T value) implements Answer<T> {}

        /// None.
        ///
        /// @param why for people
        record Missing<T>(String why) implements Answer<T> {}
    }

    /// The operations of a node.
    public Operations at(NodeId node) {
        return operations.at(node, patience);
    }

    /// Asks each of these nodes.
    public <T> SortedMap<NodeId, Answer<T>> ask(Collection<NodeId> nodes, Function<Operations, T> question) {
        var asked = new TreeMap<NodeId, Future<Answer<T>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            nodes.forEach(node -> asked.put(node, threads.submit(() -> ask(node, question))));
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
            return new Answer.Missing<>(String.valueOf(silent.getMessage()));
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
