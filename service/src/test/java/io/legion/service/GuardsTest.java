package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A logger and a monitor that throw whatever they like.
final class GuardsTest {
    private final AtomicReference<@Nullable Error> next = new AtomicReference<>(new AssertionError("planted"));
    private final List<String> told = new ArrayList<>();

    private void fail() {
        Error error = next.get();
        if (error != null) {
            throw error;
        }
    }

    private final class Broken implements Logger, Monitor {
        @Override
        public boolean isEnabled(Priority priority) {
            fail();
            return false;
        }

        @Override
        public void log(Priority priority, String message, @Nullable Throwable cause) {
            fail();
            told.add(priority + " " + message);
        }

        @Override
        public Logger named(String name) {
            fail();
            return this;
        }

        @Override
        public Counter counter(String name) {
            return _ -> fail();
        }

        @Override
        public Timer timer(String name) {
            fail();
            return _ -> {};
        }

        @Override
        public Registration gauge(String name, DoubleSupplier value) {
            return GuardsTest.this::fail;
        }

        @Override
        public Monitor tagged(String key, String value) {
            fail();
            return this;
        }
    }

    @Test
    void aLoggerThatThrowsDisturbsNobodyAndIsToldWhenItWorksAgain() {
        var logger = GuardedLogger.of(new Broken());
        logger.named("part").error("first");
        assertThat(logger.isEnabled(Logger.Priority.ERROR)).isTrue();
        next.set(null);
        logger.error("second");
        logger.error("third");
        assertThat(told).hasSize(3).element(0).isEqualTo("ERROR second");
        assertThat(told.get(1)).startsWith("WARNING").contains("planted");
        assertThat(told.get(2)).isEqualTo("ERROR third");
        assertThat(GuardedLogger.of(logger)).isSameAs(logger);
    }

    @Test
    void aMonitorThatThrowsDisturbsNobody() {
        var monitor = GuardedMonitor.of(new Broken());
        monitor.counter("c").increment();
        monitor.timer("t").recordNanos(1);
        monitor.gauge("g", () -> 1).close();
        monitor.tagged("k", "v").counter("c").increment();
        assertThat(GuardedMonitor.of(monitor)).isSameAs(monitor);
    }
}
