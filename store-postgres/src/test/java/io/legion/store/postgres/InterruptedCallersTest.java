package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Threads of callers that are interrupted, platform or virtual, disturb no connection.
@Timeout(60)
final class InterruptedCallersTest {

    private static final byte[] KEY = {1};

    @Test
    void anInterruptedThreadOpensFoundsWritesAndClosesAsAnyOtherDoes() {
        try (var logger = RecordingLogger.open();
                var place = new PostgresPlace(TestServer.shared()).logging(logger)) {
            Thread.currentThread().interrupt();
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            assertThat(store.get(KEY)).isEqualTo(KEY);
            place.shut();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(place.open().stoppedCleanly()).isTrue();
        }
    }

    @Test
    void interruptsOfVirtualThreadsDuringCallsDisturbNone() throws Exception {
        try (var logger = RecordingLogger.open();
                var place = new PostgresPlace(TestServer.shared()).logging(logger)) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            var caller = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 300; i++) {
                    store.write(new Batch().put(KEY, new byte[] {(byte) i}), Durability.HANDED_OVER);
                    assertThat(store.get(KEY)).containsExactly(i);
                    store.scan(KEY, null, (_, value) -> value[0] == 0);
                }
                store.write(new Batch().put(new byte[] {2}, KEY), Durability.FORCED);
            });
            while (caller.isAlive()) {
                caller.interrupt();
                LockSupport.parkNanos(100_000);
            }
            assertThat(store.get(new byte[] {2})).isEqualTo(KEY);
        }
    }

    @Test
    void aVisitorThatClosesTheStoreIsRefusedAndTheStoreGoesOn() {
        try (var place = new PostgresPlace(TestServer.shared())) {
            var store = place.open();
            store.identify(Ledger.IDENTITY);
            store.write(new Batch().put(KEY, KEY), Durability.FORCED);
            Runnable closing = store::close;
            assertThatThrownBy(() -> store.scan(KEY, null, (_, _) -> {
                        closing.run();
                        return true;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("from within a call");
            assertThat(store.get(KEY)).isEqualTo(KEY);
        }
    }
}
