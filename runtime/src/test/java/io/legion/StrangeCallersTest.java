package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.core.Consistency;
import io.legion.core.RequestId;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.spi.WrappedStore;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A caller's thread works for the node, and yet nothing of that thread reaches the node or other callers.
@Timeout(120)
final class StrangeCallersTest {
    private static final int LONG = 30;

    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void release() {
        goOn.countDown();
        assertThat(Thread.interrupted()).isFalse();
    }

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

    private static void deposit(Bank bank, String account) {
        bank.accounts().of(account).request(new Account.Deposit(1), Consistency.FAST);
    }

    private static long cents(Bank bank, String account) {
        return bank.accounts().of(account).read(Consistency.FAST).cents();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyAsksNothingAndStaysInterrupted() throws Exception {
        try (var bank = Bank.open(store)) {
            Thread.currentThread().interrupt();
            var alice = bank.accounts().of("alice");
            for (var consistency : Consistency.values()) {
                assertThatThrownBy(() -> alice.request(new Account.Deposit(1), consistency))
                        .isInstanceOfSatisfying(RequestException.Interrupted.class, interrupted -> {
                            assertThat(interrupted.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED);
                            assertThat(interrupted.requestId()).isPresent();
                        });
                assertThatThrownBy(() -> alice.read(consistency)).isInstanceOf(RequestException.Interrupted.class);
            }
            assertThatThrownBy(() -> bank.accounts().search(Search.all()))
                    .isInstanceOf(RequestException.Interrupted.class);
            // This waits for nothing, so an interrupt is none of its business.
            var later = alice.requestAsync(new Account.Deposit(1), Consistency.FINAL);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(later.toCompletableFuture().get(LONG, TimeUnit.SECONDS).output())
                    .isEqualTo(1);
        }
    }

    @Test
    void anInterruptEndsTheWaitingOfItsOwnThreadAndStaysSet() throws Exception {
        try (var bank = Bank.open(store)) {
            holdNextWrite();
            var first = Thread.ofPlatform().start(() -> deposit(bank, "alice"));
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            var id = new RequestId(7, 1);
            for (var kind : new Thread.Builder[] {Thread.ofVirtual(), Thread.ofPlatform()}) {
                var told = new AtomicReference<Throwable>();
                var stays = new AtomicBoolean();
                var caller = kind.start(() -> {
                    told.set(catchThrowable(
                            () -> bank.accounts().of("bob").request(new Account.Deposit(1), Consistency.FAST, id)));
                    stays.set(Thread.currentThread().isInterrupted());
                });
                while (caller.getState() != Thread.State.WAITING && caller.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
                caller.join();
                assertThat(told.get())
                        .isInstanceOfSatisfying(
                                RequestException.Interrupted.class,
                                interrupted -> assertThat(interrupted.fate()).isEqualTo(RequestException.Fate.UNKNOWN))
                        .hasMessageContaining("the event may be applied or not");
                assertThat(stays).isTrue();
            }
            goOn.countDown();
            first.join();
            assertThat(bank.accounts()
                            .of("bob")
                            .request(new Account.Deposit(1), Consistency.FINAL, id)
                            .output())
                    .isEqualTo(1);
            assertThat(cents(bank, "alice")).isEqualTo(1);
        }
    }

    /// The thread writes for the node when the interrupt comes.
    @Test
    void anInterruptOfTheThreadThatWritesIsForItsOwnerAlone() throws Exception {
        try (var bank = Bank.open(store)) {
            var seen = new AtomicBoolean(true);
            store.beforeWrite = _ -> {
                store.beforeWrite = _ -> {};
                seen.set(Thread.currentThread().isInterrupted());
                writing.countDown();
                // A store that heeds no interrupt, as its specification demands.
                while (goOn.getCount() > 0) {
                    Thread.onSpinWait();
                }
            };
            var stays = new AtomicBoolean();
            var caller = Thread.ofPlatform().start(() -> {
                deposit(bank, "alice");
                stays.set(Thread.currentThread().isInterrupted());
            });
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            goOn.countDown();
            caller.join();
            assertThat(seen).isFalse();
            assertThat(stays).isTrue();
            assertThat(cents(bank, "alice")).isEqualTo(1);
            deposit(bank, "alice");
        }
    }

    /// Callers at every depth of their stack, down to its very end.
    @Test
    void aCallerAtTheEndOfItsStackLeavesNothingHalfDone() throws Exception {
        var before = new AtomicInteger();
        var unknown = new AtomicInteger();
        try (var bank = Bank.open(store)) {
            for (int round = 0; round < 3; round++) {
                var caller = new Thread(null, () -> askAtTheEnd(bank, before, unknown), "deep", 512 << 10);
                caller.start();
                caller.join();
            }
            deposit(bank, "bob");
            assertThat(cents(bank, "bob")).isEqualTo(1);
            assertThat(cents(bank, "alice")).isBetween((long) before.get(), (long) before.get() + unknown.get());
            assertThat(before.get()).isPositive();
            // At some depth there is no stack to start a thread: the next caller does the work.
            bank.logger().allow(Logger.Priority.WARNING, "No thread could be started for the work of this node");
            // Those that run.
            assertThat(bank.legion().operations().shards()).hasSize(16);
        }
    }

    /// Goes down until the stack is at its end, and asks at each of the last frames on the way back.
    @SuppressWarnings("InfiniteRecursion") // the end of the stack ends it
    private static int askAtTheEnd(Bank bank, AtomicInteger answered, AtomicInteger unknown) {
        int above;
        try {
            above = askAtTheEnd(bank, answered, unknown);
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (above < 1_500) {
            try {
                deposit(bank, "alice");
                answered.incrementAndGet();
            } catch (StackOverflowError | RequestException none) {
                unknown.incrementAndGet();
            }
        }
        return above + 1;
    }

    @Test
    void anErrorOfTheStoreIsAFailureOfTheStore() {
        try (var bank = Bank.open(store)) {
            deposit(bank, "bob");
            store.beforeWrite = _ -> {
                throw new OutOfMemoryError("planted");
            };
            assertThatThrownBy(() -> deposit(bank, "alice"))
                    .isInstanceOfSatisfying(
                            RequestException.ShardStopped.class,
                            stopped -> assertThat(stopped.fate()).isEqualTo(RequestException.Fate.UNKNOWN))
                    .hasMessageContaining("planted");
            bank.logger().expect(Logger.Priority.ERROR, "planted");
            store.beforeWrite = _ -> {};
            deposit(bank, "bob");
            assertThat(cents(bank, "bob")).isEqualTo(2);
        }
    }

    @Test
    void anErrorOfAnEventIsAFailureOfThatEvent() {
        try (var legion = Legion.open("calls", Calls.TYPE)) {
            var calls = legion.partitions(Calls.TYPE);
            for (Error error : new Error[] {
                new AssertionError("planted"), new NoClassDefFoundError("planted"), new LinkageError("planted")
            }) {
                var event = Calls.doing(error.toString(), () -> {
                    throw error;
                });
                assertThat(calls.of("a")
                                .request(event, Consistency.FINAL)
                                .outcome()
                                .toString())
                        .contains("planted");
            }
            assertThat(calls.of("a")
                            .request(new Calls.Doing("nothing"), Consistency.FINAL)
                            .output())
                    .isEqualTo(1);
        }
    }

    /// A logger and a monitor that throw an error whenever they are used.
    @Test
    void aLoggerAndAMonitorThatThrowDisturbNobody() {
        try (var legion = Legion.named("bank")
                .shards(16)
                .store(store)
                .cluster(SoloCluster.open())
                .logger(new Broken())
                .monitor(new Broken())
                .open(Account.TYPE)) {
            var accounts = legion.partitions(Account.TYPE);
            assertThat(accounts.of("a")
                            .request(new Account.Deposit(1), Consistency.FINAL)
                            .output())
                    .isEqualTo(1);
            store.beforeWrite = _ -> {
                throw new AssertionError("planted");
            };
            assertThatThrownBy(() -> accounts.of("a").request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOf(RequestException.ShardStopped.class);
            store.beforeWrite = _ -> {};
        }
    }

    private static final class Broken implements Logger, Monitor {
        private static AssertionError planted() {
            return new AssertionError("planted");
        }

        @Override
        public boolean isEnabled(Priority priority) {
            return true;
        }

        @Override
        public void log(Priority priority, String message, @Nullable Throwable cause) {
            throw planted();
        }

        @Override
        public Logger named(String name) {
            return this;
        }

        @Override
        public Counter counter(String name) {
            return _ -> {
                throw planted();
            };
        }

        @Override
        public Timer timer(String name) {
            return _ -> {
                throw planted();
            };
        }

        @Override
        public Registration gauge(String name, DoubleSupplier value) {
            throw planted();
        }

        @Override
        public Monitor tagged(String key, String value) {
            return this;
        }
    }

    @Test
    void anAsynchronousCallNeverRunsAnEventTheDiskOrAWaitInItsCallersThread() throws Exception {
        var caller = Thread.currentThread();
        var threads = new ConcurrentLinkedQueue<Thread>();
        try (var legion = Legion.named("calls")
                .shards(4)
                .store(store)
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .open(Calls.TYPE)) {
            var a = legion.partitions(Calls.TYPE).of("a");
            var event = Calls.doing("thread", () -> {
                threads.add(Thread.currentThread());
                return 1L;
            });
            store.beforeWrite = _ -> {
                threads.add(Thread.currentThread());
                writing.countDown();
                try {
                    assertThat(goOn.await(LONG, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
            // The store hangs: whoever touched it, or waited for who does, would not come back.
            var stages = new ArrayList<CompletableFuture<?>>();
            stages.add(a.requestAsync(event, Consistency.FAST).toCompletableFuture());
            assertThat(writing.await(LONG, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 20; i++) {
                stages.add(a.requestAsync(event, Consistency.FINAL)
                        .thenAccept(_ -> threads.add(Thread.currentThread()))
                        .toCompletableFuture());
                stages.add(a.readAsync(Consistency.FAST).toCompletableFuture());
                stages.add(
                        legion.partitions(Calls.TYPE).searchAsync(Search.all()).toCompletableFuture());
                // Whoever gives up a stage gives up nothing of others.
                a.requestAsync(event, Consistency.FAST).toCompletableFuture().cancel(true);
            }
            assertThat(stages).noneMatch(CompletableFuture::isDone);
            goOn.countDown();
            for (var stage : stages) {
                stage.get(LONG, TimeUnit.SECONDS);
            }
            assertThat(threads).hasSizeGreaterThan(60).doesNotContain(caller);
            assertThat(a.read(Consistency.FINAL).count()).isEqualTo(41);
        }
    }
}
