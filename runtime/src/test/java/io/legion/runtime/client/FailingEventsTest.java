package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.CodecException;
import io.legion.operations.Troubles.FailingEvent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingEventsTest {
    private record Deposit() {}

    private final FailingEvents failing = new FailingEvents();

    @Test
    void failuresAreCountedByTypeAndEventWithTheLastMessage() {
        failing.failed("account", Deposit.class, "java.lang.NullPointerException: first", 0);
        failing.failed("account", Deposit.class, "java.lang.ArithmeticException: second", 10);
        failing.failed("bank", Deposit.class, "java.lang.NullPointerException", 20);
        assertThat(failing.soFar(30))
                .containsExactly(
                        new FailingEvent(
                                "account", "Deposit", 2, "java.lang.ArithmeticException: second", Duration.ofNanos(20)),
                        new FailingEvent("bank", "Deposit", 1, "java.lang.NullPointerException", Duration.ofNanos(10)));
    }

    @Test
    void anEventThatSaysNoHasNoFault() {
        for (var no : List.of(
                "java.lang.IllegalStateException: not enough money",
                "java.lang.IllegalArgumentException: java.lang.NullPointerException",
                "java.util.NoSuchElementException: no such order",
                "shop.SoldOut",
                "shop.OrderError: too late")) {
            failing.failed("account", Deposit.class, no, 0);
        }
        assertThat(failing.soFar(0)).isEmpty();
    }

    @Test
    void whatNobodyThrowsToSayNoIsAFault() {
        for (var thrown : List.of(
                new NullPointerException(),
                new ArrayIndexOutOfBoundsException(3),
                new ClassCastException("a text"),
                new UnsupportedOperationException(),
                new AssertionError("impossible"),
                new NoClassDefFoundError("shop/Price"),
                new CodecException("the output cannot be written"))) {
            failing.failed("account", Deposit.class, thrown.toString(), 0);
        }
        assertThat(failing.soFar(0))
                .singleElement()
                .satisfies(event -> assertThat(event.count()).isEqualTo(7));
    }

    @Test
    void theTableAndItsMessagesAreBounded() {
        for (int i = 0; i < 1_000; i++) {
            failing.failed("type " + i, Deposit.class, "java.lang.NullPointerException: " + "x".repeat(10_000), 0);
        }
        assertThat(failing.soFar(0))
                .hasSize(64)
                .allMatch(event -> event.message().length() < 1_000);
    }
}
