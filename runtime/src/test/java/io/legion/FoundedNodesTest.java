package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.Tag;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingState;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.spi.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A cluster of several nodes that begins with data.
final class FoundedNodesTest {
    private static final int SHARDS = 8;
    private static final int ACCOUNTS = 2_000;

    private final Street street = new Street();
    private final List<Legion> nodes = new ArrayList<>();
    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }

    private static FoundingData accounts() {
        return FoundingData.of(
                "accounts",
                Account.TYPE,
                () -> LongStream.range(1, ACCOUNTS + 1)
                        .mapToObj(number -> FoundingState.of("a" + number, new Account(number, ""))));
    }

    private LegionBuilder bank(Store store) {
        return Legion.named("bank")
                .shards(SHARDS)
                .placement(new PlacementSettings(
                        3, Duration.ofMinutes(1), Duration.ofSeconds(1), SHARDS, RequestRoute.PREFERRED, 1, ""))
                .store(store)
                .cluster(street.house())
                .logger(logger);
    }

    private Legion opened(LegionBuilder builder) {
        var legion = builder.open(Account.TYPE);
        nodes.add(legion);
        return legion;
    }

    private static boolean isComplete(Legion node) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == 3);
    }

    /// R58: replicas that began with unequal states would set each other apart within some folds.
    @Test
    void nodesThatJoinHaveEverythingAndGoOnTogether() {
        opened(bank(TestLanes.memory()).mayFound(true).founding(accounts()));
        opened(bank(TestLanes.memory()));
        opened(bank(TestLanes.memory()));
        ThreeBanks.soon("all nodes have all shards", () -> nodes.stream().allMatch(FoundedNodesTest::isComplete));
        for (int number = 1; number <= ACCOUNTS; number++) {
            var account = nodes.get(number % 3).partitions(Account.TYPE).of("a" + number);
            assertThat(account.request(new Account.Deposit(1_000_000), Consistency.DURABLE)
                            .output())
                    .isEqualTo(1_000_000L + number);
        }
        for (Legion node : nodes) {
            var accounts = node.partitions(Account.TYPE);
            assertThat(accounts.of("a77").read(Consistency.FINAL).cents()).isEqualTo(1_000_077);
            assertThat(accounts.searchAll(Search.atLeast("cents", 1_000_001)).count())
                    .isEqualTo(ACCOUNTS);
            assertThat(accounts.searchAll(Search.of(Tag.of("cents", 77))).count())
                    .isZero();
            assertThat(isComplete(node)).isTrue();
        }
    }

    @Test
    void nodesThatFormTheClusterAlreadyAreNotJoinedWithData() {
        opened(bank(TestLanes.memory()).mayFound(true));
        try (var store = TestLanes.memory()) {
            assertThatThrownBy(() ->
                            bank(store).mayFound(true).founding(accounts()).open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("nodes were met that form it already");
            assertThat(store.identity()).isEmpty();
        }
    }

    @Test
    void aNodeThatMayNotFoundTakesNoData() {
        try (var store = TestLanes.memory()) {
            assertThatThrownBy(() -> bank(store).founding(accounts()).open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("do not let this node found it");
            assertThat(store.identity()).isEmpty();
        }
    }
}
