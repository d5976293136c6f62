package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class CloseOnceTest {

    @Test
    void allWhoCloseReturnWhenItIsDoneAndItRunsOnce() throws Exception {
        var runs = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var done = new AtomicBoolean();
        var close = new CloseOnce("closing", () -> {
            runs.incrementAndGet();
            begun.countDown();
            await(goOn);
            done.set(true);
        });
        var early = new AtomicBoolean();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                close.close();
                early.compareAndSet(false, !done.get());
            }));
        }
        begun.await();
        for (var caller : callers) {
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        for (var caller : callers) {
            caller.join();
        }
        close.close();
        assertThat(early).isFalse();
        assertThat(runs).hasValue(1);
    }

    @Test
    void anInterruptedThreadClosesAllTheSameAndStaysInterrupted() {
        var interrupted = new AtomicReference<Boolean>();
        var close = new CloseOnce(
                "closing", () -> interrupted.set(Thread.currentThread().isInterrupted()));
        Thread.currentThread().interrupt();
        close.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted).hasValue(false);
    }

    @Test
    void whatTheClosingCallsMayAskForItAgain() {
        var again = new AtomicReference<CloseOnce>();
        var close = new CloseOnce("closing", () -> again.get().close());
        again.set(close);
        close.close();
    }

    @Test
    void everybodyHearsOfTheFailure() {
        var close = new CloseOnce("closing", () -> {
            throw new IllegalStateException("stuck");
        });
        assertThatThrownBy(close::close).hasMessage("stuck");
        assertThatThrownBy(close::close).hasMessage("stuck");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
