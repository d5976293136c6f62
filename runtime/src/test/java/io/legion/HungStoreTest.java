package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.core.Consistency;
import io.legion.runtime.lane.TestLanes;
import io.legion.spi.WrappedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A write of the store does not come back, with the node in the hands of the thread that writes.
@Timeout(60)
final class HungStoreTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMillis(40);

    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /// Lets the write go on, so that the node can be closed.
    private interface Release extends AutoCloseable {
        @Override
        void close();
    }

    /// The next write of a request hangs, in the thread of its caller.
    private Thread hang(Bank bank) throws InterruptedException {
        store.beforeWrite = _ -> {
            writing.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        var hung = Thread.ofPlatform()
                .start(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST));
        assertThat(writing.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return hung;
    }

    @AfterEach
    void release() {
        goOn.countDown();
    }

    @Test
    void nobodyWaitsBeyondTheDeadlineForAWriteThatHangs() throws Exception {
        try (var bank = Bank.open(store, settings -> settings.requestTimeout(PATIENCE));
                Release _ = goOn::countDown) {
            var hung = hang(bank);
            var told = new ConcurrentLinkedQueue<Throwable>();
            var callers = new ArrayList<Thread>();
            for (int i = 0; i < 200; i++) {
                var kind = i % 20 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
                callers.add(kind.start(() -> told.add(catchThrowable(
                        () -> bank.accounts().of("bob").request(new Account.Deposit(1), Consistency.FAST)))));
            }
            joinAll(callers);
            assertThat(hung.isAlive()).isTrue();
            assertThat(told).hasSize(200).allSatisfy(HungStoreTest::assertTimedOut);
            goOn.countDown();
            hung.join();
        }
    }

    /// All threads end, though the write still hangs.
    private static void joinAll(List<Thread> callers) throws InterruptedException {
        for (var caller : callers) {
            assertThat(caller.join(LONG)).isTrue();
        }
    }

    private static void assertTimedOut(Throwable told) {
        assertThat(told)
                .isInstanceOf(RequestException.TimedOut.class)
                .hasMessageContaining("no answer within")
                .hasMessageContaining("the event may be applied or not");
    }

    @Test
    void theDeadlineHoldsWhileTheNodeIsClosedToo() throws Exception {
        var bank = Bank.open(store, settings -> settings.requestTimeout(PATIENCE.multipliedBy(10)));
        var hung = hang(bank);
        var told = new AtomicReference<Throwable>();
        var caller = Thread.ofVirtual()
                .start(() -> told.set(catchThrowable(
                        () -> bank.accounts().of("bob").request(new Account.Deposit(1), Consistency.FAST))));
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        var closing = Thread.ofPlatform().start(bank::close);
        joinAll(List.of(caller));
        assertThat(closing.isAlive()).isTrue();
        assertTimedOut(told.get());
        goOn.countDown();
        joinAll(List.of(closing, hung));
    }
}
