package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Answer;
import io.legion.core.Consistency;
import io.legion.runtime.lane.TestLanes;
import io.legion.spi.Durability;
import io.legion.spi.WrappedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class CombiningTest {
    private static final long LONG = 20;
    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    /// The next write waits until it may go on.
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
    void anUncontendedRequestRunsInItsCallersThread() {
        // The time is told to the node too: that must not meet the request.
        try (var bank = Bank.open(store, settings -> settings.tick(Duration.ofHours(1)))) {
            var thread = new AtomicReference<Thread>();
            store.beforeWrite = _ -> thread.set(Thread.currentThread());
            bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST);
            assertThat(thread.get()).isEqualTo(Thread.currentThread());
        }
    }

    @Test
    void aLegionThatClosesRefusesNewRequestsAndEndsThoseUnderWay() throws Exception {
        var bank = Bank.open(store);
        var alice = bank.accounts().of("alice");
        holdNextWrite();
        var underWay = alice.requestAsync(new Account.Deposit(1), Consistency.FAST);
        assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
        var closing = Thread.ofPlatform().start(bank::close);
        while (closing.getState() != Thread.State.WAITING && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> alice.requestAsync(new Account.Deposit(1), Consistency.FAST))
                .isInstanceOf(RequestException.Closed.class);
        assertThat(closing.isAlive()).isTrue();
        goOn.countDown();
        assertThat(underWay.toCompletableFuture().get(LONG, TimeUnit.SECONDS).output())
                .isEqualTo(1);
        closing.join();
    }

    @Test
    void requestsThatComeDuringAWriteShareTheNextOne() throws Exception {
        try (var bank = Bank.open(store, settings -> settings.durability(Durability.FORCED))) {
            bank.accounts().of("first").request(new Account.Deposit(1), Consistency.FAST);
            holdNextWrite();
            var stages = new ArrayList<CompletionStage<Answer<Long>>>();
            stages.add(bank.accounts().of("first").requestAsync(new Account.Deposit(1), Consistency.FAST));
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            int before = store.writes;
            for (int i = 0; i < 50; i++) {
                stages.add(bank.accounts().of("p" + i).requestAsync(new Account.Deposit(1), Consistency.FAST));
            }
            goOn.countDown();
            for (var stage : stages) {
                stage.toCompletableFuture().get(LONG, TimeUnit.SECONDS);
            }
            assertThat(store.writes - before).isLessThanOrEqualTo(5);
            assertThat(store.lastDurability).isEqualTo(Durability.FORCED);
        }
    }

    @Test
    void overloadIsRefusedAtOnceAndChangesNothing() throws Exception {
        try (var bank = Bank.open(store, settings -> settings.mailbox(3))) {
            holdNextWrite();
            var first = Thread.ofVirtual()
                    .start(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST));
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            var taken = new ArrayList<CompletionStage<Answer<Long>>>();
            for (int i = 0; i < 3; i++) {
                taken.add(bank.accounts().of("alice").requestAsync(new Account.Deposit(1), Consistency.FAST));
            }
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(100), Consistency.FAST))
                    .isInstanceOfSatisfying(
                            RequestException.Overloaded.class,
                            refused -> assertThat(refused.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED));
            goOn.countDown();
            first.join();
            for (var stage : taken) {
                stage.toCompletableFuture().get(LONG, TimeUnit.SECONDS);
            }
            assertThat(bank.accounts().of("alice").read(Consistency.FAST).cents())
                    .isEqualTo(4);
            var load = bank.legion().operations().report().load();
            assertThat(load.refused()).isEqualTo(1);
            assertThat(load.refusedHere()).isEqualTo(1);
        }
    }

    @Test
    void whoWaitsTooLongIsToldThatTheEventMayBeApplied() throws Exception {
        try (var bank = Bank.open(store, settings -> settings.requestTimeout(Duration.ofMillis(20)))) {
            holdNextWrite();
            var first = Thread.ofVirtual()
                    .start(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST));
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            var late = new AtomicReference<RequestException>();
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(10), Consistency.FAST))
                    .isInstanceOfSatisfying(RequestException.TimedOut.class, late::set);
            assertThat(late.get().fate()).isEqualTo(RequestException.Fate.UNKNOWN);
            goOn.countDown();
            first.join();
            var id = late.get().requestId().orElseThrow();
            var retried = bank.accounts().of("alice").request(new Account.Deposit(10), Consistency.FAST, id);
            assertThat(retried.output()).isEqualTo(11);
            assertThat(bank.accounts().of("alice").read(Consistency.FAST).cents())
                    .isEqualTo(11);
        }
    }

    @Test
    void manyThreadsOnFewPartitionsLoseNothing() throws Exception {
        try (var bank = Bank.open(store)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                var builder = t % 2 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
                threads.add(builder.start(() -> {
                    for (int i = 0; i < 500; i++) {
                        bank.accounts().of("p" + i % 5).request(new Account.Deposit(1), Consistency.FAST);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            for (int i = 0; i < 5; i++) {
                assertThat(bank.accounts().of("p" + i).read(Consistency.FAST).cents())
                        .isEqualTo(800);
            }
        }
    }
}
