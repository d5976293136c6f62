package io.legion.store.postgres.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a server writes into its directory while it runs, and leaves there if it is killed: `postmaster.pid`.
///
/// @param pid its process
/// @param started when, to the second
/// @param ready whether it takes connections
record PostmasterFile(long pid, Instant started, boolean ready) {

    private static final int LINE_STARTED = 2;

    /// A process that began so much later has only the number of one that is gone.
    private static final Duration LATER = Duration.ofSeconds(10);

    /// Empty if there is none, or not all of it yet.
    static Optional<PostmasterFile> read(Path file) throws IOException {
        try {
            var lines = Files.readString(file, StandardCharsets.US_ASCII)
                    .lines()
                    .map(String::strip)
                    .toList();
            return lines.size() <= LINE_STARTED ? Optional.empty() : Optional.of(parse(lines));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (NumberFormatException notAllYet) {
            return Optional.empty();
        }
    }

    private static PostmasterFile parse(List<String> lines) {
        return new PostmasterFile(
                Long.parseLong(lines.getFirst()),
                Instant.ofEpochSecond(Long.parseLong(lines.get(LINE_STARTED))),
                lines.contains("ready"));
    }

    /// True if the server runs, whoever started it.
    boolean isAlive() {
        return isInUse() && !isReused();
    }

    /// True if another process has its number.
    boolean isReused() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .filter(start -> start.isAfter(started.plus(LATER)))
                .isPresent();
    }

    private boolean isInUse() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    boolean isOf(Process parent) {
        return parent.descendants().anyMatch(process -> process.pid() == pid);
    }
}
