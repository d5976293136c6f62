package io.legion.benchmarks.cluster.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// The threads of this process: since each began, or between two moments.
///
/// @param byNumber empty where the system does not tell of them
record Tasks(Map<String, Task> byNumber) {
    private static final Path DIRECTORY = Path.of("/proc/self/task");

    static Tasks now() {
        var tasks = new HashMap<String, Task>();
        if (Files.isDirectory(DIRECTORY)) {
            try (DirectoryStream<Path> directories = Files.newDirectoryStream(DIRECTORY)) {
                directories.forEach(directory -> add(directory, tasks));
            } catch (IOException failure) {
                throw new UncheckedIOException("the threads of this process cannot be listed", failure);
            }
        }
        return new Tasks(tasks);
    }

    private static void add(Path directory, Map<String, Task> tasks) {
        try {
            var task = Task.parse(
                    Files.readString(directory.resolve("stat")), Files.readString(directory.resolve("status")));
            tasks.put(directory.getFileName().toString(), task);
        } catch (IOException ended) {
            // A thread that ended meanwhile does not count.
        }
    }

    boolean areKnown() {
        return !byNumber.isEmpty();
    }

    /// What the threads of this moment have done since the other; threads that ended meanwhile are left out.
    Tasks since(Tasks begin) {
        var done = new HashMap<String, Task>();
        byNumber.forEach((number, task) -> {
            var before = begin.byNumber.get(number);
            done.put(number, before == null ? task : task.since(before));
        });
        return new Tasks(done);
    }

    long cpuNanos(Predicate<Task> which) {
        return sum(which, Task::cpuNanos);
    }

    long switches() {
        return sum(_ -> true, Task::switches);
    }

    private long sum(Predicate<Task> which, ToLongFunction<Task> figure) {
        return byNumber.values().stream().filter(which).mapToLong(figure).sum();
    }
}
