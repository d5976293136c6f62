package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.PartitionType;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.operations.VersionsReport;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A node with a release of the service that is too old for its cluster.
@Timeout(120)
final class UnfitReleaseTest {
    private static final int SHARDS = 8;

    private final Street street = new Street();
    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Store> stores = List.of(TestLanes.memory(), TestLanes.memory());
    private final List<Legion> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }

    private Legion open(int number, PartitionType<Account> release) {
        var legion = Legion.named("bank")
                .shards(SHARDS)
                .placement(new PlacementSettings(
                        2, Duration.ofMinutes(5), Duration.ofSeconds(1), SHARDS, RequestRoute.PREFERRED, 1, ""))
                .startup(number == 0 ? new StartupMode.Automatic(true) : new StartupMode.Automatic(false))
                .store(stores.get(number))
                .cluster(street.house())
                .logger(logger)
                .open(release);
        nodes.add(legion);
        return legion;
    }

    private static boolean isComplete(Legion node) {
        var shards = node.operations().shards();
        return shards.size() == SHARDS
                && shards.stream()
                        .allMatch(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == 2);
    }

    /// It leaves at once; what it told in that moment says for as long as it is away why that is so.
    @Test
    void theOthersKnowOfWhichReleaseANodeIsThatIsKeptOut() {
        var newer = Account.TYPE.version(2);
        var first = open(0, newer);
        open(1, newer);
        ThreeBanks.soon("both nodes have all shards", () -> nodes.stream().allMatch(UnfitReleaseTest::isComplete));
        nodes.removeLast().close();
        logger.allow(Logger.Priority.ERROR, "is part of the shard's history");
        logger.allow(Logger.Priority.ERROR, "This node is kept out");
        logger.allow(Logger.Priority.WARNING, "says that shards have stopped there");
        var second = open(1, Account.TYPE);
        ThreeBanks.soon(
                "the other one knows its release",
                () -> announced(first, second).newest() == 1);
        ThreeBanks.soon(
                "it is kept out",
                () -> !logger.messages(Logger.Priority.ERROR, "This node is kept out")
                        .isEmpty());
        assertThat(logger.messages(Logger.Priority.ERROR, "")).hasSize(2);
        var operations = second.operations();
        assertThat(operations.versions().unfit())
                .hasValueSatisfying(unfit -> assertThat(unfit.version()).isEqualTo(2));
        assertThat(operations.stoppedShards())
                .hasSize(SHARDS)
                .allMatch(copy -> copy.kind() == StoppedShard.Kind.RELEASE && !copy.kept());
        assertThat(operations.dropStoppedCopy(0)).isFalse();
        assertThatThrownBy(() -> second.partitions(Account.TYPE).search(Search.all()))
                .isInstanceOf(RequestException.Closed.class)
                .hasMessageContaining("This node serves nothing")
                .hasMessageContaining("runs version 2");
        assertThat(logger.messages(Logger.Priority.ERROR, "")).allMatch(message -> message.cause() == null);
    }

    private static VersionsReport.Announced announced(Legion by, Legion of) {
        return by.operations().versions().types().getFirst().announced().stream()
                .filter(one -> one.node().equals(of.node()))
                .findFirst()
                .orElseThrow();
    }
}
