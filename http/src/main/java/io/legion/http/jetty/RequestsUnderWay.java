package io.legion.http.jetty;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The requests that have no whole reply yet, for which the server waits when it stops.
///
/// **Threads.** Any.
final class RequestsUnderWay {
    /// No more can be under way at once: a phaser counts so far.
    static final int MOST = 60_000;

    private final Phaser phaser = new Phaser(1);

    void begin() {
        phaser.register();
    }

    void end() {
        phaser.arriveAndDeregister();
    }

    /// Waits until all have ended, but no longer than this.
    void await(Duration patience) {
        try {
            phaser.awaitAdvanceInterruptibly(phaser.arrive(), patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            // What is still under way ends with its connection.
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
