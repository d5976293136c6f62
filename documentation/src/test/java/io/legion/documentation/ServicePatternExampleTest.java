package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.service.Default;
import io.legion.service.FileLogger;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs of `docs/service-pattern.md`.
final class ServicePatternExampleTest {

    @TempDir
    Path directory;

    // region: user
    /// Checks links. It needs a logger; which one, and who closes it, is none of its business.
    record LinkChecker(Logger logger, Duration timeout) {

        boolean check(URI link) {
            logger.debug(() -> "checking " + link + " for at most " + timeout);
            if (!"https".equals(link.getScheme())) {
                logger.warning(link + " is not encrypted");
                return false;
            }
            return true;
        }
    }
    // end: user

    // region: implementation
    /// A logger that hands on only what matters: an implementation on top of another.
    record ThresholdLogger(Config config, Logger target) implements Logger, AutoCloseable {

        /// What can be configured: pure data, which a file can hold.
        record Config(@Default("warning") Priority threshold) {}

        /// Configuration first, then the services it needs.
        static ThresholdLogger open(Config config, Logger target) {
            return new ThresholdLogger(config, target);
        }

        @Override
        public boolean isEnabled(Priority priority) {
            return priority.compareTo(config.threshold()) >= 0 && target.isEnabled(priority);
        }

        @Override
        public void log(Priority priority, String message, Throwable cause) {
            if (isEnabled(priority)) {
                target.log(priority, message, cause);
            }
        }

        @Override
        public Logger named(String name) {
            return new ThresholdLogger(config, target.named(name));
        }

        @Override
        public void close() {} // nothing was acquired; the target is closed by who opened it
    }
    // end: implementation

    // region: settings
    /// The whole configuration file: one group of keys for each service.
    record Settings(
            FileLogger.Config log,
            ThresholdLogger.Config checkerLog,
            @Default("10s") Duration timeout) {}
    // end: settings

    // region: main
    static boolean run(Path file, URI link) {
        var settings = Configuration.read(file, Settings.class);
        try (var log = FileLogger.open(settings.log(), InstantSource.system());
                var checkerLog = ThresholdLogger.open(settings.checkerLog(), log.named("checker"))) {
            return new LinkChecker(checkerLog, settings.timeout()).check(link);
        }
    }
    // end: main

    // region: managed
    static Managed<LinkChecker> checker(Settings settings) {
        return Managed.of(() -> FileLogger.open(settings.log(), InstantSource.system()))
                .flatMap(log -> Managed.of(() -> ThresholdLogger.open(settings.checkerLog(), log.named("checker"))))
                .map(log -> new LinkChecker(log, settings.timeout()));
    }
    // end: managed

    // region: test
    @Test
    void aLinkThatIsNotEncryptedIsReported() {
        try (var logger = RecordingLogger.open()) { // closing it fails on warnings that were not expected
            var checker = new LinkChecker(logger, Duration.ofSeconds(1));

            assertThat(checker.check(URI.create("http://localhost"))).isFalse();

            logger.expect(Logger.Priority.WARNING, "is not encrypted");
        }
    }
    // end: test

    @Test
    void theProgramOfTheDocumentRuns() throws IOException {
        var file = settingsFile();

        assertThat(run(file, URI.create("http://localhost"))).isFalse();
        assertThat(run(file, URI.create("https://localhost"))).isTrue();

        assertThat(directory.resolve("checker.log")).content().contains("WARNING checker: http://localhost is not");
    }

    @Test
    void theCompositionOfTheDocumentRuns() {
        var log = new FileLogger.Config(
                directory.resolve("managed.log"), Logger.Priority.DEBUG, new ByteSize(1 << 20), 1);
        var settings = new Settings(log, new ThresholdLogger.Config(Logger.Priority.DEBUG), Duration.ofSeconds(1));

        boolean fine = checker(settings).use(checker -> checker.check(URI.create("https://localhost")));

        assertThat(fine).isTrue();
        assertThat(directory.resolve("managed.log")).content().contains("DEBUG checker: checking https://localhost");
    }

    @Test
    void theMessageOfTheDocumentIsWhatAWrongKeyGets() {
        assertThatThrownBy(() ->
                        Configuration.parse("checker.yaml", "log:\n  file: a.log\n  treshold: debug\n", Settings.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("checker.yaml:3: \"log\": there is no key \"treshold\". Did you mean \"threshold\"?"
                        + " The keys here are file, threshold, maximumSize, kept, format.");
    }

    @Test
    void aTimeStandsBeforeEachMessage() {
        var clock = InstantSource.fixed(Instant.EPOCH);
        var config =
                new FileLogger.Config(directory.resolve("clock.log"), Logger.Priority.INFO, new ByteSize(1 << 20), 1);
        try (var log = FileLogger.open(config, clock)) {
            log.info("hello");
        }
        assertThat(directory.resolve("clock.log")).hasContent("1970-01-01T00:00:00Z INFO hello");
    }

    private Path settingsFile() throws IOException {
        var shown = Files.readAllLines(Path.of("src/test/resources/checker.yaml"));
        return Files.write(
                directory.resolve("checker.yaml"),
                List.of(String.join("\n", shown).replace("logs/", directory + "/")));
    }
}
