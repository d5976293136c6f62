package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.Troubles.FailingEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailingEventsTest {
    private record Deposit() {}

    private final FailingEvents failing = new FailingEvents();

    @Test
    void failuresAreCountedByTypeAndEventWithTheLastMessage() {
        failing.failed("account", Deposit.class, "first", 0);
        failing.failed("account", Deposit.class, "second", 10);
        failing.failed("bank", Deposit.class, "other", 20);
        assertThat(failing.soFar(30))
                .containsExactly(
                        new FailingEvent("account", "Deposit", 2, "second", Duration.ofNanos(20)),
                        new FailingEvent("bank", "Deposit", 1, "other", Duration.ofNanos(10)));
    }

    @Test
    void theTableAndItsMessagesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            failing.failed("type " + i, Deposit.class, "x".repeat(10_000), 0);
        }
        assertThat(failing.soFar(0))
                .hasSize(64)
                .allMatch(event -> event.message().length() < 1_000);
    }
}
