package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {
    private final AcceptPace pace = new AcceptPace();

    private void accept(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            pace.await();
            pace.accepted();
        }
    }

    @Test
    void acceptingWaitsForOpening() throws InterruptedException {
        accept(32);
        var opened = new AtomicInteger();
        var opener = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 10; i++) {
                opened.incrementAndGet();
                pace.opened();
            }
        });
        accept(10);
        assertThat(opened).hasValue(10);
        opener.join();
    }

    @Test
    void whatIsNeverOpenedHoldsUpNothingForLong() throws InterruptedException {
        accept(100);
        for (int i = 0; i < 32; i++) {
            pace.opened(); // late, but after all
        }
        accept(32);
    }

    @Test
    void whatWasOpenedLateLetsNoMoreBeAcceptedAhead() throws InterruptedException {
        for (int episode = 0; episode < 3; episode++) {
            accept(33); // the last one gives 32 up
            for (int i = 0; i < 33; i++) {
                pace.opened();
            }
        }
        accept(32);
        long begin = System.nanoTime();
        accept(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(100));
    }
}
