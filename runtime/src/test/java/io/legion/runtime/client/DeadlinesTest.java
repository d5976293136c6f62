package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadlinesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(30);

    private final Deadlines deadlines = Deadlines.open();

    private Thread waiting(Thread.Builder kind) {
        return kind.start(() -> deadlines.await(new Slot<String>(), System.nanoTime() + SOON));
    }

    @Test
    void whoeverWaitsIsWokenWhenTheTimeIsOver() throws InterruptedException {
        try (deadlines) {
            assertThat(waiting(Thread.ofVirtual()).join(LONG)).isTrue();
            assertThat(waiting(Thread.ofPlatform()).join(LONG)).isTrue();
        }
    }

    /// Nobody is left to wake it.
    @Test
    void whoeverWaitsAfterTheEndWatchesTheTimeForItself() throws InterruptedException {
        deadlines.close();
        assertThat(waiting(Thread.ofVirtual()).join(LONG)).isTrue();
    }
}
