package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A Legion of which the caller chooses nothing, or little.
final class DefaultsTest {
    @Test
    void aLegionInMemoryNeedsANameAndTypesOnly() {
        try (var logger = RecordingLogger.open();
                var legion = Legion.named("first").logger(logger).open(Account.TYPE)) {
            var alice = legion.partitions(Account.TYPE).of("alice");
            assertThat(alice.request(new Account.Deposit(5), Consistency.FINAL).output())
                    .isEqualTo(5);
            assertThat(legion.operations().shards()).hasSize(64);
        }
        try (var logger = RecordingLogger.open();
                var legion = Legion.named("first").logger(logger).open(Account.TYPE)) {
            var alice = legion.partitions(Account.TYPE).of("alice");
            assertThat(alice.read(Consistency.FINAL).cents()).isZero();
        }
    }

    /// Nobody else can found its cluster.
    @Test
    void aNodeAloneFoundsOnItsStoreAndRecoversIt() {
        var store = TestLanes.memory();
        for (int start = 1; start <= 2; start++) {
            try (var logger = RecordingLogger.open();
                    var legion =
                            Legion.named("first").store(store).logger(logger).open(Account.TYPE)) {
                var alice = legion.partitions(Account.TYPE).of("alice");
                assertThat(alice.request(new Account.Deposit(5), Consistency.FAST)
                                .output())
                        .isEqualTo(5L * start);
            }
        }
    }

    @Test
    void aCallWaitsAsLongAsItsHandleAllows() {
        try (var bank = Bank.open(TestLanes.memory())) {
            var alice = bank.accounts().of("alice");
            assertThat(alice.within(Duration.ofSeconds(1)).key()).isEqualTo(alice.key());
            assertThatThrownBy(() -> alice.within(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> alice.within(Duration.ofDays(40_000))).hasMessageContaining("36500 days");
        }
    }
}
