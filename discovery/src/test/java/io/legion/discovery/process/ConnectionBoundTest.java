package io.legion.discovery.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionBoundTest {
    private static final int WANTED = 10_000;
    private static final int OPEN = 100;
    private static final int NEEDED = WANTED + OPEN + ConnectionBound.RESERVE;

    private static int bound(long most, Logger logger) throws IOException {
        return new ConnectionBound(() -> Optional.of(new FileHandles.Use(most, OPEN)), logger).of(WANTED);
    }

    @Test
    void withHandlesEnoughTheSettingHolds() throws IOException {
        try (var logger = RecordingLogger.open()) {
            assertThat(bound(NEEDED, logger)).isEqualTo(WANTED);
        }
    }

    @Test
    void withTooFewTheNodeServesFewerAndSaysBothNumbers() throws IOException {
        try (var logger = RecordingLogger.open()) {
            assertThat(bound(NEEDED - 1, logger)).isEqualTo(WANTED - 1);
            logger.expect(Logger.Priority.WARNING, "needs " + NEEDED + " file handles");
            logger.expect(Logger.Priority.WARNING, "only " + (NEEDED - 1));
        }
    }

    @Test
    void withSoFewThatItIsOfNoUseTheNodeDoesNotStart() {
        int least = OPEN + ConnectionBound.RESERVE + ConnectionBound.LEAST;
        try (var logger = RecordingLogger.open()) {
            assertThatThrownBy(() -> bound(least - 1, logger))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("needs " + NEEDED + " file handles")
                    .hasMessageContaining("only " + (least - 1))
                    .hasMessageContaining("Raise the limit");
        }
    }

    @Test
    void whereTheSystemDoesNotSayTheSettingHolds() throws IOException {
        try (var logger = RecordingLogger.open()) {
            assertThat(new ConnectionBound(Optional::empty, logger).of(WANTED)).isEqualTo(WANTED);
        }
    }
}
