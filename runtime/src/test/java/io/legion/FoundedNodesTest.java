package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.Tag;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingState;
import io.legion.operations.ShardReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
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

    /// Another node founded the cluster while this one took in the data, which may take hours.
    @Test
    void aClusterThatCameMeanwhileIsNotFoundedASecondTime() {
        try (var store = TestLanes.memory()) {
            assertThatThrownBy(() -> bank(store)
                            .mayFound(true)
                            .founding(accounts(
                                    () -> opened(bank(TestLanes.memory()).startup(new StartupMode.NewCluster()))))
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("while they were taken in, nodes came that form a cluster of this name")
                    .hasMessageContaining("nothing of them is served");

            assertThatThrownBy(() -> again(store)).hasMessageContaining("nodes were met that form it already");
            assertThatThrownBy(() -> bank(store).mayFound(true).open(Account.TYPE))
                    .hasMessageContaining("was given no data");
            nodes.removeLast().close();
            var founder = again(store);
            assertThat(founder.partitions(Account.TYPE)
                            .of("a" + ACCOUNTS)
                            .read(Consistency.FINAL)
                            .cents())
                    .isEqualTo(ACCOUNTS);
            logger.expect(Logger.Priority.INFO, "goes on behind the first " + ACCOUNTS + " records");
            founder.close();
        }
    }

    /// As the one above, of the same title.
    private Legion again(Store store) {
        return bank(store).mayFound(true).founding(accounts()).open(Account.TYPE);
    }

    private FoundingData accounts(Runnable atTheEnd) {
        return FoundingData.of(
                "accounts",
                Account.TYPE,
                () -> LongStream.range(1, ACCOUNTS + 1).mapToObj(number -> {
                    if (number == ACCOUNTS) {
                        atTheEnd.run();
                        street.awaitTold();
                    }
                    return FoundingState.of("a" + number, new Account(number, ""));
                }));
    }

    @Test
    void aNodeThatLooksMeanwhileAndHasTheBetterRightIsNotForestalled() {
        try (var store = TestLanes.memory()) {
            var looking = new ArrayList<Cluster.Participation>();
            var first = new NodeId(1);
            assertThatThrownBy(() -> bank(store)
                            .mayFound(true)
                            .founding(accounts(() -> looking.add(street.look(first, "bank"))))
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("another node came that looks for it and may found it");
            looking.getFirst().close();
            again(store).close();
        }
    }

    @Test
    void aFoundingWithoutDataThatWasInterruptedDoesNotGoOnBesideAClusterThatCameMeanwhile() {
        try (var inside = TestLanes.memory()) {
            var torn = new WrappedStore(inside);
            torn.beforeWrite = _ -> {
                throw new StoreException("stopped");
            };
            assertThatThrownBy(() -> bank(torn).mayFound(true).open(Account.TYPE))
                    .hasMessageContaining("stopped");
            assertThat(inside.identity()).isPresent();
            var begun = inside.identity();
            opened(bank(TestLanes.memory()).startup(new StartupMode.NewCluster()));

            assertThatThrownBy(() -> bank(inside).mayFound(true).open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("was interrupted, and nodes were met that form another one of that name")
                    .hasMessageContaining("empty the store");
            assertThat(inside.identity()).isEqualTo(begun);
            nodes.removeLast().close();
            bank(inside).mayFound(true).open(Account.TYPE).close();
        }
    }
}
