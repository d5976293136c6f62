package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Answer;
import io.legion.core.Consistency;
import io.legion.core.RequestId;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What callers hear who bring ids of their own (R74).
final class OneIdOneEventTest {
    private final MemoryStore store = TestLanes.memory();

    private static LegionBuilder oneShard() {
        return Legion.named("bank").shards(1);
    }

    private interface Call {
        Answer<?> ask();
    }

    private static void assertReused(RequestId id, Call call) {
        assertThatThrownBy(call::ask).isInstanceOfSatisfying(RequestException.RequestIdReused.class, reused -> {
            assertThat(reused.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED);
            assertThat(reused.requestId()).contains(id);
            assertThat(reused).hasMessageContaining("of type 'account'").hasMessageContaining("an id of its own");
        });
    }

    @ParameterizedTest
    @EnumSource
    void anIdFromAHeaderStandsForOneEvent(Consistency consistency) {
        try (var legion = oneShard().store(store).cluster(SoloCluster.open()).open(Account.TYPE)) {
            var accounts = legion.partitions(Account.TYPE);
            var id = RequestId.of("6f1c-order-17");
            var first = accounts.of("alice").request(new Account.Deposit(5), consistency, id);

            var again = accounts.of("alice").request(new Account.Deposit(5), consistency, id);
            assertThat(again.outcome()).isEqualTo(first.outcome());
            assertThat(again.id()).isEqualTo(first.id());
            assertReused(id, () -> accounts.of("alice").request(new Account.Deposit(100), consistency, id));
            // The output of another type must not come up as an error of the codec.
            assertReused(id, () -> accounts.of("alice").request(new Account.Note("hello"), consistency, id));
            assertReused(id, () -> accounts.of("bob").request(new Account.Deposit(5), consistency, id));
            assertThat(accounts.of("alice").read(Consistency.FINAL)).isEqualTo(new Account(5, ""));
            assertThat(accounts.of("bob").read(Consistency.FINAL)).isEqualTo(new Account(0, ""));
        }
    }

    @Test
    void anAsynchronousCallerHearsTheSame() {
        try (var legion = oneShard().store(store).cluster(SoloCluster.open()).open(Account.TYPE)) {
            var alice = legion.partitions(Account.TYPE).of("alice");
            var id = RequestId.of("again");
            alice.request(new Account.Deposit(5), Consistency.FINAL, id);
            var stage = alice.requestAsync(new Account.Note("x"), Consistency.FINAL, id)
                    .toCompletableFuture();
            assertThatThrownBy(stage::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(RequestException.RequestIdReused.class);
        }
    }

    /// A retry under one's own id, after 1,100 others.
    @Test
    void aRetryUnderOnesOwnIdIsNotAppliedTwice() {
        var id = RequestId.of("X");
        try (var legion = oneShard().store(store).cluster(SoloCluster.open()).open(Account.TYPE)) {
            var alice = legion.partitions(Account.TYPE).of("alice");
            alice.request(new Account.Deposit(1), Consistency.FINAL, id);
            for (int i = 0; i < 1_100; i++) {
                alice.request(new Account.Deposit(1), Consistency.FAST, RequestId.of("other " + i));
            }
        }
        try (var legion = oneShard().store(store).cluster(SoloCluster.open()).open(Account.TYPE)) {
            var alice = legion.partitions(Account.TYPE).of("alice");
            assertThatThrownBy(() -> alice.request(new Account.Deposit(1), Consistency.FINAL, id))
                    .isInstanceOfSatisfying(
                            RequestException.AlreadyApplied.class,
                            known -> assertThat(known.fate()).isEqualTo(RequestException.Fate.APPLIED));
            assertReused(id, () -> alice.request(new Account.Deposit(2), Consistency.FINAL, id));
            assertThat(alice.read(Consistency.FINAL).cents()).isEqualTo(1_101);
        }
    }

    @Test
    void aFullMemoryOfRequestsIsSeen() {
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open();
                var legion = oneShard()
                        .store(store)
                        .cluster(SoloCluster.open())
                        .logger(logger)
                        .monitor(monitor)
                        .tick(Duration.ofMillis(1))
                        .replication(ReplicationSettings.defaults().withRequestMemory(new ByteSize(1024)))
                        .open(Account.TYPE)) {
            logger.allow(Logger.Priority.WARNING, "the memory of requests is full: its bound is 1024 bytes");
            var alice = legion.partitions(Account.TYPE).of("alice");
            for (int i = 0; i < 20; i++) {
                alice.request(new Account.Deposit(1), Consistency.FINAL, RequestId.of("id " + i));
            }
            var memory = legion.operations().shard(0).orElseThrow().requestMemory();
            assertThat(memory.bytes()).isEqualTo(1024);
            assertThat(memory.bound()).isEqualTo(1024);
            assertThat(memory.forgottenEarly()).isEqualTo(4);
            assertThat(memory.reach()).isLessThan(ReplicationSettings.defaults().rememberedFor());
            // The meter is set by the node's ticks.
            while (monitor.count("legion.requests.forgotten.early") < 4) {
                Thread.onSpinWait();
            }
            assertThat(monitor.value("legion.request.memory")).isEqualTo(1.0);
        }
    }
}
