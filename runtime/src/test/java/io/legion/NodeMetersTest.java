package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.Outcome;
import io.legion.operations.VersionOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What nodes show of their shards and of each other.
@Timeout(120)
final class NodeMetersTest {
    private static final String UP = "legion.members{status=up}";
    private static final String PARTICIPATING = "legion.copies{state=participating}";

    @Test
    void aClusterThatIsWellShowsItsCopiesItsMembersAndWhoServes() {
        try (var banks = ThreeBanks.open()) {
            ThreeBanks.soon(
                    "all is shown",
                    () -> banks.sum(all -> all.value(UP)) == 9
                            && banks.sum(all -> all.value(PARTICIPATING)) == 3 * ThreeBanks.SHARDS
                            && banks.sum(all -> all.value("legion.shards.served")) == ThreeBanks.SHARDS);
            assertThat(banks.sum(all -> all.value("legion.members.unreachable")))
                    .isZero();
            assertThat(banks.sum(all -> all.value("legion.shards.without.majority")))
                    .isZero();
            assertThat(banks.sum(all -> all.value("legion.copies{state=stopped}")))
                    .isZero();
            assertThat(banks.sum(all -> all.value("legion.version.active{type=account}")))
                    .isEqualTo(3);
            assertThat(banks.sum(all -> all.value("legion.version.newest{type=account}")))
                    .isEqualTo(3);
            assertThat(banks.sum(all -> all.value("legion.version.holding"))).isZero();
            banks.node(1).operations().steerVersions(VersionOrder.HOLD);
            ThreeBanks.soon("all know who holds", () -> banks.sum(all -> all.value("legion.version.holding")) == 3);
        }
    }

    @Test
    void aNodeThatIsCutOffShowsWhatItMissesAndWhatWaits() {
        try (var banks = ThreeBanks.open()) {
            banks.cutOff(2);
            var alone = banks.monitor(2);
            ThreeBanks.soon(
                    "it serves all, without a majority",
                    () -> alone.value("legion.shards.served") == ThreeBanks.SHARDS
                            && alone.value("legion.shards.without.majority") == ThreeBanks.SHARDS
                            && alone.value("legion.members.unreachable") == 2);
            var alice = banks.node(2).partitions(Account.TYPE).of("alice");
            assertThat(alice.request(new Account.Deposit(5), Consistency.FAST).output())
                    .isEqualTo(5);
            ThreeBanks.soon(
                    "its event waits, longer and longer",
                    () -> alone.value("legion.outstanding.events") == 1
                            && alone.value("legion.outstanding.age.seconds") > 1);
            assertThat(banks.monitor(0).value("legion.members.unreachable")).isEqualTo(1);
            assertThat(banks.monitor(0).value("legion.shards.without.majority")).isZero();
        }
    }

    @Test
    void anEventWhoseApplyThrowsIsCountedByTheTypeOfItsPartition() {
        try (var banks = ThreeBanks.open()) {
            var accounts = banks.node(0).partitions(Account.TYPE);
            assertThat(banks.monitor(0).counts()).containsEntry("legion.event.failures{type=account}", 0L);
            var bob = accounts.of("bob");
            var id = bob.nextRequestId();
            for (int i = 0; i < 2; i++) {
                var refused = bob.request(new Account.Withdraw(1), Consistency.DURABLE, id);
                assertThat(refused.outcome()).isInstanceOf(Outcome.Failure.class);
            }
            assertThat(banks.monitor(0).count("legion.event.failures{type=account}"))
                    .as("a retry does not count again")
                    .isEqualTo(1);
        }
    }
}
