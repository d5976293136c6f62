package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.ExtractedState;
import io.legion.operations.Operations;
import io.legion.operations.SettledShard;
import io.legion.operations.ShardReport;
import io.legion.operations.UnreachableException;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.start.Assembly;
import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a backup reads of three nodes.
@Timeout(120)
final class ExtractTest {
    private static final int SHARDS = 8;
    private static final int ACCOUNTS = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Integer> ALL = IntStream.range(0, SHARDS).boxed().toList();

    private final Street street = new Street();
    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Legion> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(Legion::close);
        street.close();
        logger.close();
    }

    /// @param ahead of each node's clock
    private void open(Duration... ahead) {
        logger.allow(Priority.WARNING, "");
        for (var ofThis : ahead) {
            var settings = Legion.named("bank")
                    .shards(SHARDS)
                    .startup(nodes.isEmpty() ? new StartupMode.NewCluster() : new StartupMode.Automatic(false))
                    .placement(new PlacementSettings(
                            3, Duration.ofMinutes(5), Duration.ofSeconds(5), 8, RequestRoute.NEAREST, 1, ""))
                    .settings();
            InstantSource clock = () -> Instant.now().plus(ofThis);
            nodes.add(Assembly.open(
                    settings,
                    TestLanes.memory(),
                    street.house(),
                    logger,
                    RecordingMonitor.open(),
                    null,
                    null,
                    clock,
                    Account.TYPE));
        }
        while (!nodes.stream().allMatch(node -> isWhole(node, ahead.length))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean isWhole(Legion node, int participants) {
        return node.operations().shards().stream()
                        .filter(shard -> shard.phase() == ShardReport.Phase.PARTICIPATING
                                && shard.participants().size() == participants)
                        .count()
                == SHARDS;
    }

    private void deposit(Legion at) {
        for (int i = 0; i < ACCOUNTS; i++) {
            at.partitions(Account.TYPE).of("account-" + i).request(new Account.Deposit(1), Consistency.FAST);
        }
    }

    /// The balances that the extracts of these shards have.
    private static Map<String, Long> balances(Operations from, List<SettledShard> settled) {
        var balances = new TreeMap<String, Long>();
        for (var shard : settled) {
            assertThat(shard.isSettled()).as(shard.toString()).isTrue();
            var extract = from.extract(shard.shard(), shard.position());
            assertThat(extract.position()).isGreaterThanOrEqualTo(shard.position());
            for (var state : states(from, extract)) {
                balances.put(
                        state.key().text(),
                        Account.TYPE.stateCodec().decode(state.state().shared()).cents());
            }
        }
        return balances;
    }

    private static List<ExtractedState> states(Operations from, Extract extract) {
        var states = new ArrayList<ExtractedState>();
        for (int section = 0; ; section++) {
            var piece = from.piece(extract.number(), section, 0, Optional.empty());
            if (piece.isEnd()) {
                assertThat(piece.states()).isEqualTo(states.size());
                return states;
            }
            var content = ByteBuffer.wrap(inflated(whole(from, extract, section, piece), (int) piece.bytes()));
            while (content.hasRemaining()) {
                states.add(ExtractedState.read(content));
            }
            assertThat(states.getLast().address()).isEqualTo(piece.last());
        }
    }

    private static byte[] whole(Operations from, Extract extract, int section, ExtractPiece first) {
        var bytes = new ByteArrayOutputStream();
        for (var piece = first; ; piece = from.piece(extract.number(), section, bytes.size(), Optional.empty())) {
            bytes.writeBytes(piece.content().shared());
            if (bytes.size() == first.deflatedBytes()) {
                return bytes.toByteArray();
            }
        }
    }

    private static byte[] inflated(byte[] deflated, int size) {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            byte[] content = new byte[size];
            int read = 0;
            while (read < size) {
                read += inflater.inflate(content, read, size - read);
            }
            return content;
        } catch (DataFormatException broken) {
            throw new AssertionError(broken);
        }
    }

    /// The clock of the node that answers is ahead: its events come behind the first mark of whoever settles.
    @Test
    void whatACutOffNodeAnsweredFastIsInTheExtract() {
        open(Duration.ZERO, Duration.ZERO, Duration.ofMillis(400));
        var ahead = nodes.get(2);
        street.cutOff(ahead.node());
        deposit(ahead);
        var operations = nodes.getFirst().operations();

        var settled = CompletableFuture.supplyAsync(() -> operations.settle(ALL, PATIENCE));
        while (operations.shards().stream().anyMatch(shard -> shard.outstanding() == 0)) {
            LockSupport.parkNanos(1_000_000);
        }
        street.reconnect(ahead.node());

        assertThat(balances(operations, settled.join()))
                .hasSize(ACCOUNTS)
                .allSatisfy((_, cents) -> assertThat(cents).isEqualTo(1));
    }

    @Test
    void aShardThatCannotFoldDoesNotSettleAndOthersSayWhy() {
        open(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        street.cutOff(nodes.get(2).node());
        deposit(nodes.getFirst());

        var settled = nodes.getFirst().operations().settle(ALL, Duration.ofMillis(300));

        assertThat(settled).hasSize(SHARDS).allSatisfy(shard -> {
            assertThat(shard.isSettled()).isFalse();
            assertThat(shard.why()).contains("did not get into history in time");
        });
    }

    @Test
    void anotherNodeIsAskedTheSameWay() {
        open(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        deposit(nodes.getFirst());
        var there = nodes.getFirst().operations().at(nodes.get(1).node(), PATIENCE.plusSeconds(5));

        var balances = balances(there, there.settle(ALL, PATIENCE));

        assertThat(balances).hasSize(ACCOUNTS);
        assertThat(there.typeShapes())
                .isEqualTo(nodes.getFirst().operations().typeShapes())
                .hasSize(1);
        assertThatThrownBy(() -> there.extract(1, 1_000_000)).isInstanceOf(UnreachableException.class);
        assertThatThrownBy(() -> there.settle(List.of(SHARDS), PATIENCE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSectionThatIsExpectedIsNotSent() {
        open(Duration.ZERO);
        deposit(nodes.getFirst());
        var operations = nodes.getFirst().operations();
        int shard = operations.place("account", PartitionKey.of("account-1")).shard();
        var settled = operations.settle(List.of(shard), PATIENCE).getFirst();
        var first = operations.extract(shard, settled.position());
        var piece = operations.piece(first.number(), 0, 0, Optional.of(Bytes.of("another")));
        assertThat(piece.deflatedBytes()).isPositive();

        var again = operations.extract(shard, settled.position());
        var same = operations.piece(again.number(), 0, 0, Optional.of(piece.digest()));

        assertThat(same.deflatedBytes()).isZero();
        assertThat(same.content()).isEqualTo(Bytes.EMPTY);
        assertThat(same.last()).isEqualTo(piece.last());
        assertThat(operations.piece(again.number(), 1, 0, Optional.empty()).isEnd())
                .isTrue();
        assertThatThrownBy(() -> operations.piece(first.number(), 5, 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNodeReadsOnlySoManyExtractsAtOnce() {
        open(Duration.ZERO);
        deposit(nodes.getFirst());
        var operations = nodes.getFirst().operations();
        for (int i = 0; i < Extract.MOST_OPEN; i++) {
            operations.extract(i, 0);
        }

        assertThatThrownBy(() -> operations.extract(5, 0))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("as many as it may");
        states(operations, new Extract(1, nodes.getFirst().node(), 0, 0, 0));
        operations.extract(5, 0);
    }
}
