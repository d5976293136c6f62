package io.legion.command.file;

import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.AdminException.Kind;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.node.JsonNodeFactory;

/// Asks for all partitions of a type, page after page of keys.
///
/// @param progress hears every few seconds how far it is
record Exporting(AdminClient client, String type, PrintStream progress) {
    private static final int PAGE = 1_000;

    /// So many partitions are asked for at once.
    private static final int AT_ONCE = 8;

    private static final long TELL_NANOS = Duration.ofSeconds(5).toNanos();

    /// Takes lines.
    interface Lines {
        void line(String line) throws IOException;
    }

    /// @return how many lines there were
    /// @throws AdminException if a partition cannot be had whole: then the lines until there are of no use
    long write(Lines lines) throws IOException {
        var threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
        try {
            return write(lines, threads);
        } finally {
            threads.shutdownNow();
        }
    }

    private long write(Lines lines, ExecutorService threads) throws IOException {
        long written = 0;
        long told = System.nanoTime();
        Optional<Target> next = Optional.of(keys());
        while (next.isPresent()) {
            var page = client.get(next.get()).root();
            requireAll(page);
            for (var line : partitions(page, threads)) {
                var read = await(line);
                if (read.isPresent()) {
                    lines.line(read.get());
                    written++;
                }
            }
            if (System.nanoTime() - told > TELL_NANOS) {
                told = System.nanoTime();
                progress.println(written + " partitions until now.");
            }
            next = page.has("next")
                    ? Optional.of(keys().with("after", page.node().path("next").asString()))
                    : Optional.empty();
        }
        return written;
    }

    private Target keys() {
        return Target.of("partitions", type).with("limit", PAGE);
    }

    private static void requireAll(ReplyPart page) {
        if (!page.isTrue("complete")) {
            throw new AdminException(
                    Kind.FAILED,
                    "Some keys are not known: " + page.text("note"),
                    "Export again when all nodes answer.");
        }
    }

    private List<Future<Optional<String>>> partitions(ReplyPart page, ExecutorService threads) {
        var lines = new ArrayList<Future<Optional<String>>>();
        for (var key : page.parts("keys")) {
            lines.add(threads.submit(() -> line(key.node().path("key").asString(""))));
        }
        return lines;
    }

    /// The line of a partition; empty if it is back in its initial state.
    private Optional<String> line(String key) {
        var partition = client.get(Target.of("partitions", type, key)).root();
        if (!partition.isTrue("exists")) {
            return Optional.empty();
        }
        if (!partition.has("state") || partition.isTrue("stateShortened") || !partition.text("problem").isEmpty()) {
            throw new AdminException(
                    Kind.FAILED,
                    "The state of the partition " + partition.text("key") + " cannot be had whole"
                            + (partition.text("problem").isEmpty() ? "." : ": " + partition.text("problem")),
                    "");
        }
        var line = JsonNodeFactory.instance.objectNode();
        line.set("key", KeyMember.of(key));
        line.set("state", partition.node().path("state"));
        return Optional.of(line.toString());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AdminException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AdminException(Kind.UNANSWERED, "Interrupted.", "");
        }
    }
}
