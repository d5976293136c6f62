package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.core.Consistency;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.WrappedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a Legion is closed, by whomever.
@Timeout(120)
final class CloseTest {
    private static final int LONG = 30;

    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private void holdNextWrite() {
        store.beforeWrite = _ -> {
            store.beforeWrite = _ -> {};
            writing.countDown();
            try {
                assertThat(goOn.await(LONG, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Test
    void allWhoCloseAtOnceReturnWhenItIsDone() throws Exception {
        var bank = Bank.open(store);
        holdNextWrite();
        var underWay = bank.accounts().of("alice").requestAsync(new Account.Deposit(1), Consistency.FAST);
        assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
        var early = new AtomicInteger();
        var closers = new ArrayList<Thread>();
        for (int i = 0; i < 4; i++) {
            closers.add(Thread.ofPlatform().start(() -> {
                bank.legion().close();
                if (goOn.getCount() > 0) {
                    early.incrementAndGet();
                }
            }));
        }
        for (var closer : closers) {
            while (closer.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        goOn.countDown();
        for (var closer : closers) {
            closer.join();
        }
        assertThat(early).hasValue(0);
        assertThat(underWay.toCompletableFuture().get(LONG, TimeUnit.SECONDS).output())
                .isEqualTo(1);
        bank.close();
    }

    @Test
    void anInterruptedThreadClosesWellAndStaysInterrupted() throws Exception {
        var bank = Bank.open(store);
        holdNextWrite();
        var underWay = bank.accounts().of("alice").requestAsync(new Account.Deposit(1), Consistency.FINAL);
        assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
        Thread.currentThread().interrupt();
        Thread.ofPlatform().start(goOn::countDown);
        bank.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(underWay.toCompletableFuture().get(LONG, TimeUnit.SECONDS).output())
                .isEqualTo(1);
        try (var again = Bank.open(store)) {
            assertThat(again.accounts().of("alice").read(Consistency.FAST).cents())
                    .isEqualTo(1);
        }
    }

    @Test
    void aStoreThatHangsDoesNotHoldTheCloseBeyondItsTimeAndIsNotGivenToAnotherLegion() throws Exception {
        var bank = Bank.open(store, settings -> settings.closeTimeout(Duration.ofMillis(50)));
        holdNextWrite();
        var hung = bank.accounts().of("alice").requestAsync(new Account.Deposit(1), Consistency.FAST);
        assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
        bank.legion().close();
        bank.logger().expect(Logger.Priority.ERROR, "is not closed yet");
        assertThatThrownBy(() -> Bank.open(store)).isInstanceOf(StartupException.class);
        goOn.countDown();
        // Whatever became of the event, its caller hears something.
        var _ = catchThrowable(() -> hung.toCompletableFuture().get(LONG, TimeUnit.SECONDS));
        assertThat(hung.toCompletableFuture()).isDone();
        bank.close();
        Legion again = null;
        while (again == null) {
            try {
                again = Legion.named("bank")
                        .shards(16)
                        .store(store)
                        .cluster(SoloCluster.open())
                        .logger(RecordingLogger.open())
                        .open(Account.TYPE);
            } catch (StartupException notYet) {
                Thread.onSpinWait();
            }
        }
        again.close();
    }

    @Test
    void callersThatGoOnAreRefusedAtOnceAndToldThatNothingWasChanged() throws Exception {
        var bank = Bank.open(store);
        var closing = new CountDownLatch(1);
        var servedAfter = new AtomicInteger();
        var unknown = new AtomicInteger();
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < 8; i++) {
            String key = "k" + i;
            callers.add(Thread.ofVirtual().start(() -> {
                while (true) {
                    boolean late = closing.getCount() == 0;
                    try {
                        bank.accounts().of(key).request(new Account.Deposit(1), Consistency.FINAL);
                        servedAfter.addAndGet(late ? 1 : 0);
                    } catch (RequestException.Closed closed) {
                        if (closed.fate() == RequestException.Fate.NOT_APPLIED) {
                            return;
                        }
                        unknown.incrementAndGet();
                    }
                }
            }));
        }
        bank.accounts().of("k0").request(new Account.Deposit(1), Consistency.FINAL);
        var closer = Thread.ofPlatform().start(bank::close);
        assertThatThrownBy(() -> {
                    while (true) {
                        bank.accounts().of("other").request(new Account.Deposit(1), Consistency.FINAL);
                    }
                })
                .isInstanceOf(RequestException.Closed.class);
        closing.countDown();
        closer.join();
        for (var caller : callers) {
            caller.join();
        }
        assertThat(servedAfter).hasValue(0);
        assertThat(unknown).hasValue(0);
    }

    @Test
    void oneStoreServesOneLegionAtATime() {
        try (var _ = Bank.open(store)) {
            assertThatThrownBy(() -> Bank.open(store))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("This store serves another Legion");
        }
        Bank.open(store).close();
    }

    @Test
    void oneClusterServiceServesOneLegionAtATime() {
        var cluster = SoloCluster.open();
        var one = Legion.named("bank").cluster(cluster).logger(RecordingLogger.open());
        try (var _ = one.open(Account.TYPE)) {
            assertThatThrownBy(() -> Legion.named("bank")
                            .cluster(cluster)
                            .logger(RecordingLogger.open())
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("This cluster service serves another Legion");
        }
        one.open(Account.TYPE).close();
    }

    @Test
    void aStartThatFailsGivesTheStoreBack() {
        assertThatThrownBy(() -> Bank.open(store, settings -> settings.startup(new StartupMode.Recover())))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("nothing to recover");
        Bank.open(store).close();
    }
}
