package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Whoever wants the service alone hears whether it was still open.
final class CallGateTest {
    private final CallGate gate = new CallGate("store");
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void workAloneIsDoneOnceWhileTheServiceIsOpen() {
        assertThat(gate.alone(runs::incrementAndGet)).isTrue();
        assertThat(runs).hasValue(1);
    }

    @Test
    void workAloneIsNotDoneAfterTheCloseAndSaysSo() {
        gate.close(() -> {});
        assertThat(gate.alone(runs::incrementAndGet)).isFalse();
        assertThat(runs).hasValue(0);
        assertThatThrownBy(gate::requireOpen)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The store is closed.");
    }
}
