package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node counts every call of its own that was refused for too much work, whoever refused it.
@Timeout(120)
final class RefusedRequestsTest {
    private static ReplicationSettings oneOutstanding() {
        var usual = ReplicationSettings.defaults();
        return new ReplicationSettings(
                usual.clockAhead(),
                usual.resend(),
                usual.decideTimeout(),
                usual.returnTimeout(),
                usual.rememberedOutputs(),
                usual.requestMemory(),
                usual.rememberedFor(),
                1,
                usual.hashEvery(),
                usual.piece());
    }

    private static Partition<Account> account(ThreeBanks banks, int at, PartitionKey key) {
        return banks.node(at).partitions(Account.TYPE).of(key).within(Duration.ofSeconds(20));
    }

    private static void assertOverloaded(Partition<Account> account, Consistency consistency) {
        assertThatThrownBy(() -> account.request(new Account.Deposit(1), consistency))
                .isInstanceOf(RequestException.Overloaded.class);
    }

    private static long refused(ThreeBanks banks, int at) {
        return banks.node(at).operations().report().load().refused();
    }

    @Test
    void whatAShardRefusesIsCountedWhereItWasAsked() {
        try (var banks = ThreeBanks.open(settings -> settings.replication(oneOutstanding()), Account.TYPE)) {
            var key = IntStream.range(0, 1_000)
                    .mapToObj(i -> PartitionKey.of("account-" + i))
                    .filter(some -> account(banks, 0, some).isServedHere())
                    .findFirst()
                    .orElseThrow();
            banks.cutOff(2);
            var here = account(banks, 0, key);
            // It stays outstanding, since the third node does not have it.
            here.request(new Account.Deposit(1), Consistency.DURABLE);

            assertOverloaded(here, Consistency.FAST);
            assertOverloaded(here, Consistency.DURABLE);
            assertThat(here.requestAsync(new Account.Deposit(1), Consistency.FAST)
                            .toCompletableFuture()
                            .handle((_, failure) ->
                                    failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)
                            .join())
                    .isInstanceOf(RequestException.Overloaded.class);
            assertThat(refused(banks, 0)).isEqualTo(3);
            assertThat(refused(banks, 1)).isZero();

            assertOverloaded(account(banks, 1, key), Consistency.DURABLE);
            assertThat(refused(banks, 0)).as("it served others").isEqualTo(3);
            assertThat(refused(banks, 1)).isEqualTo(1);
            for (int node = 0; node < 3; node++) {
                assertThat(banks.node(node).operations().report().load().refusedHere())
                        .as("node %s had room", node)
                        .isZero();
            }
        }
    }
}
