package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLoggerTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
    private static final ByteSize SMALLEST = ByteSize.parse("64 KiB");

    @TempDir
    Path directory;

    @Test
    void writesOneLineForEachMessageWithItsTimePriorityAndName() throws IOException {
        try (var logger = open(Logger.Priority.DEBUG, 1)) {
            logger.info("started");
            logger.named("store").named("wal").warning("slow");
            logger.debug(() -> "detail");
        }
        assertThat(file()).content().isEqualTo("""
                        2026-01-31T12:00:00Z INFO started
                        2026-01-31T12:00:00Z WARNING store.wal: slow
                        2026-01-31T12:00:00Z DEBUG detail
                        """);
    }

    @Test
    void doesNotBuildMessagesBelowTheThreshold() {
        try (var logger = open(Logger.Priority.WARNING, 1)) {
            logger.info(() -> {
                throw new AssertionError("was built");
            });
            logger.info("dropped");
        }
        assertThat(file()).isEmptyFile();
    }

    @Test
    void aMessageOfManyLinesCanNotPassForAnotherMessage() {
        try (var logger = open(Logger.Priority.INFO, 1)) {
            logger.info("user said\r\n2026-01-31T12:00:00Z ERROR forged\rand more");
        }
        assertThat(file()).content().isEqualTo("""
                        2026-01-31T12:00:00Z INFO user said
                            2026-01-31T12:00:00Z ERROR forged
                            and more
                        """);
    }

    @Test
    void keepsTheStackTraceOfWhatWasThrown() {
        try (var logger = open(Logger.Priority.INFO, 1)) {
            logger.error("failed", new IllegalStateException("why"));
        }
        assertThat(file()).content().contains("ERROR failed\n    java.lang.IllegalStateException: why\n    \tat ");
    }

    @Test
    void appendsToWhatAnEarlierRunLeft() {
        for (var message : List.of("first", "second")) {
            try (var logger = open(Logger.Priority.INFO, 1)) {
                logger.info(message);
            }
        }
        assertThat(file()).content().contains("first\n").contains("second\n");
    }

    @Test
    void threadsDoNotMixTheirLinesAndKeepTheirOwnOrder() throws Exception {
        int threads = 8;
        int messages = 300;
        try (var logger = open(Logger.Priority.INFO, 1000);
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < threads; thread++) {
                var mine = logger.named("t" + thread);
                executor.execute(() -> IntStream.range(0, messages).forEach(i -> mine.info("message " + i + " end")));
            }
        }
        var lines = linesOldestFirst();
        assertThat(lines).hasSize(threads * messages);
        for (int thread = 0; thread < threads; thread++) {
            var prefix = "2026-01-31T12:00:00Z INFO t" + thread + ": ";
            assertThat(lines.stream().filter(line -> line.startsWith(prefix)))
                    .containsExactlyElementsOf(IntStream.range(0, messages)
                            .mapToObj(i -> prefix + "message " + i + " end")
                            .toList());
        }
    }

    @Test
    void theFilesNeverHoldMoreThanTheBoundAndKeepTheLatestMessages() throws IOException {
        int kept = 2;
        int messages = 5_000;
        try (var logger = open(Logger.Priority.INFO, kept)) {
            for (int i = 0; i < messages; i++) {
                logger.info("message " + i + " " + "x".repeat(100));
            }
        }
        try (var files = Files.list(directory)) {
            var sizes = files.toList();
            assertThat(sizes)
                    .hasSize(kept + 1)
                    .allSatisfy(path -> assertThat(Files.size(path)).isBetween(1L, SMALLEST.bytes()));
        }
        var lines = linesOldestFirst();
        int first = messages - lines.size();
        assertThat(first).isPositive();
        assertThat(lines).allSatisfy(line -> assertThat(line).endsWith("x"));
        assertThat(lines.stream().map(line -> line.split(" ")[3]))
                .containsExactlyElementsOf(IntStream.range(first, messages)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void withNoneKeptTheFullFileIsDeleted() throws IOException {
        try (var logger = open(Logger.Priority.INFO, 0)) {
            for (int i = 0; i < 1_000; i++) {
                logger.info("x".repeat(100));
            }
        }
        try (var files = Files.list(directory)) {
            assertThat(files.toList()).containsExactly(file());
        }
    }

    @Test
    void oneHugeMessageIsCutSoThatItFits() throws IOException {
        try (var logger = open(Logger.Priority.INFO, 1)) {
            logger.info("é".repeat(1_000_000));
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(SMALLEST.bytes());
        assertThat(file()).content().contains("more characters cut)");
    }

    @Test
    void aHugeMessageOfLineFeedsFitsToo() throws IOException {
        try (var logger = open(Logger.Priority.INFO, 1)) {
            logger.info("a" + "\n".repeat(1_000_000) + "b");
        }
        assertThat(Files.size(file())).isLessThanOrEqualTo(SMALLEST.bytes());
    }

    @Test
    void anInterruptedThreadLogsAndDoesNotBreakTheFileForTheOthers() {
        try (var logger = open(Logger.Priority.INFO, 1)) {
            Thread.currentThread().interrupt();
            logger.info("while interrupted");
            assertThat(Thread.interrupted()).isTrue();
            logger.info("afterwards");
        }
        assertThat(file())
                .content()
                .contains("while interrupted\n")
                .contains("afterwards\n")
                .doesNotContain("dropped");
    }

    @Test
    void afterTheFileCouldNotBeWrittenItSaysHowManyMessagesWereDroppedAndWhy() throws IOException {
        var obstacle = directory.resolve("legion.log.1");
        try (var logger = open(Logger.Priority.INFO, 1)) {
            Files.createDirectories(obstacle.resolve("in the way")); // the rotation cannot replace it
            for (int i = 0; i < 700; i++) {
                logger.info("message " + i + " " + "x".repeat(100));
            }
            Files.delete(obstacle.resolve("in the way"));
            logger.info("at last");
        }
        assertThat(file())
                .content()
                .containsPattern("WARNING log: \\d+ messages before this one were dropped, .*legion.log.1")
                .endsWith("INFO at last\n");
    }

    @Test
    void whatIsLoggedAfterItWasClosedIsDroppedWithoutFailingTheCaller() {
        var logger = open(Logger.Priority.INFO, 1);
        logger.info("open");
        logger.close();
        logger.info("closed");
        logger.close();
        assertThat(file()).content().contains("open").doesNotContain("closed");
    }

    @Test
    void aFileThatCanNotBeOpenedIsRefusedByName() throws IOException {
        var notADirectory = Files.writeString(directory.resolve("file"), "");
        var config = new FileLogger.Config(notADirectory.resolve("x.log"), Logger.Priority.INFO, SMALLEST, 1);

        assertThatThrownBy(() -> FileLogger.open(config, NOON))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("x.log cannot be opened");
    }

    private Path file() {
        return directory.resolve("legion.log");
    }

    private FileLogger open(Logger.Priority threshold, int kept) {
        return FileLogger.open(new FileLogger.Config(file(), threshold, SMALLEST, kept), NOON);
    }

    private List<String> linesOldestFirst() throws IOException {
        var lines = new ArrayList<String>();
        for (int number = 1000; number > 0; number--) {
            var path = directory.resolve("legion.log." + number);
            if (Files.exists(path)) {
                lines.addAll(Files.readAllLines(path));
            }
        }
        lines.addAll(Files.readAllLines(file()));
        return lines;
    }
}
