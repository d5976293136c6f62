package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class LoggersTest {

    @Test
    void theDerivedFunctionsLogAtTheirPriority() {
        var why = new IllegalStateException("why");
        var logger = RecordingLogger.open();
        logger.debug("1");
        logger.debug(() -> "2");
        logger.info("3");
        logger.info(() -> "4");
        logger.warning("5");
        logger.warning(() -> "6");
        logger.warning("7", why);
        logger.error("8");
        logger.error(() -> "9");
        logger.error("10", why);

        assertThat(logger.messages())
                .extracting(message -> message.priority() + " " + message.text() + " " + why.equals(message.cause()))
                .containsExactly(
                        "DEBUG 1 false",
                        "DEBUG 2 false",
                        "INFO 3 false",
                        "INFO 4 false",
                        "WARNING 5 false",
                        "WARNING 6 false",
                        "WARNING 7 true",
                        "ERROR 8 false",
                        "ERROR 9 false",
                        "ERROR 10 true");
    }

    @Test
    void whatSteersATerminalIsShownAndNotObeyed() {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var config = new ConsoleLogger.Config(Logger.Priority.INFO);
        try (var logger = ConsoleLogger.open(config, stream, InstantSource.fixed(Instant.EPOCH))) {
            logger.info("a\u001b[2Jb\u009bc\u0007d\u202ee\u2028f\u0000g\th\u00e9");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .endsWith("a\\u001b[2Jb\\u009bc\\u0007d\\u202ee\\u2028f\\u0000g\th\u00e9\n");
    }

    @Test
    void aRecordingFailsOnAWarningThatNobodyExpected() {
        var why = new IllegalStateException("why");
        var logger = RecordingLogger.open();
        logger.info("fine");
        logger.named("store").warning("disk is slow", why);

        assertThatThrownBy(logger::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("disk is slow")
                .hasMessageContaining("store")
                .hasCause(why);
    }

    @Test
    void aRecordingIsContentWithWhatWasExpectedOrAllowed() {
        var logger = RecordingLogger.open();
        logger.allow(Logger.Priority.ERROR, "may fail");
        logger.error("this may fail");
        logger.warning("disk is slow");
        logger.expect(Logger.Priority.WARNING, "disk");
        assertThatCode(logger::close).doesNotThrowAnyException();

        logger.error("disk is slow");
        assertThatThrownBy(logger::close).hasMessageContaining("ERROR").hasMessageNotContaining("WARNING");
    }

    @Test
    void aRecordingFailsWhenWhatIsExpectedWasNotLogged() {
        var logger = RecordingLogger.open();
        logger.info("disk is slow");
        assertThatThrownBy(() -> logger.expect(Logger.Priority.WARNING, "disk"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Expected a message of priority WARNING");
    }

    @Test
    void aRecordingBeyondItsCapacityDoesNotPassSilently() {
        var logger = RecordingLogger.open(new RecordingLogger.Config(1));
        logger.info("kept");
        assertThatCode(logger::failOnUnexpected).doesNotThrowAnyException();
        logger.info("lost");
        assertThat(logger.messages()).hasSize(1);
        assertThatThrownBy(logger::failOnUnexpected).hasMessageContaining("beyond the capacity of 1");
    }

    @Test
    void theConsolePrintsWhatReachesTheThreshold() {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        var clock = InstantSource.fixed(Instant.parse("2026-01-31T12:00:00Z"));
        try (var logger = ConsoleLogger.open(new ConsoleLogger.Config(Logger.Priority.INFO), stream, clock)) {
            logger.debug("hidden");
            logger.named("http").info("listening");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("2026-01-31T12:00:00Z INFO http: listening\n");
    }

    @Test
    void theThresholdHoldsForAllNamesFromThenOn() {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        var config = new ConsoleLogger.Config(Logger.Priority.WARNING);
        try (var logger = ConsoleLogger.open(config, stream, InstantSource.fixed(Instant.EPOCH))) {
            var http = logger.named("http");
            assertThat(logger.threshold().lowest()).isEqualTo(Logger.Priority.WARNING);
            http.info("hidden");
            logger.threshold().set(Logger.Priority.DEBUG);
            http.debug("detail");
            logger.threshold().set(Logger.Priority.ERROR);
            http.warning("hidden too");
            assertThat(http.isEnabled(Logger.Priority.WARNING)).isFalse();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("1970-01-01T00:00:00Z DEBUG http: detail\n");
    }

    @Test
    void slf4jGetsLevelNameAndCauseAndTheTextAsItIs() {
        var why = new IllegalStateException("why");
        var appender = new ListAppender<ILoggingEvent>();
        var target = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("loggers-test");
        target.setLevel(Level.INFO);
        target.setAdditive(false);
        target.addAppender(appender);
        appender.start();

        try (var logger = Slf4jLogger.open(new Slf4jLogger.Config("loggers-test"))) {
            assertThat(logger.isEnabled(Logger.Priority.DEBUG)).isFalse();
            assertThat(logger.isEnabled(Logger.Priority.INFO)).isTrue();
            logger.debug("hidden");
            logger.info("{} is not a pattern");
            logger.named("store").warning("slow", why);
            logger.error("broken");
        }

        assertThat(appender.list)
                .extracting(event -> event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage())
                .containsExactly(
                        "INFO loggers-test {} is not a pattern",
                        "WARN loggers-test.store slow",
                        "ERROR loggers-test broken");
        assertThat(appender.list.get(1).getThrowableProxy().getMessage()).isEqualTo("why");
    }

    @Test
    void aMeteredLoggerCountsWhatIsKeptByPriorityUnderAllNames() {
        var monitor = RecordingMonitor.open();
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        var config = new ConsoleLogger.Config(Logger.Priority.INFO, LogFormat.TEXT);
        try (var console = ConsoleLogger.open(config, stream, InstantSource.fixed(Instant.EPOCH))) {
            var logger = MeteredLogger.of(console, monitor);
            logger.debug("hidden");
            logger.error("broken");
            logger.named("http").error("broken too", new IllegalStateException("why"));
            logger.info("listening");
        }
        assertThat(monitor.counts())
                .containsEntry("log.messages{priority=debug}", 0L)
                .containsEntry("log.messages{priority=info}", 1L)
                .containsEntry("log.messages{priority=warning}", 0L)
                .containsEntry("log.messages{priority=error}", 2L);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("ERROR http: broken too")
                .doesNotContain("hidden");
    }
}
