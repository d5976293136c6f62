package io.legion.runtime.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Legion;
import io.legion.core.Consistency;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.ExtractedState;
import io.legion.operations.UnreachableException;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Extracts of the one shard of a node that goes on meanwhile, by a time that the test sets.
@Timeout(60)
final class ExtractsTest {
    /// So small that a section comes in many pieces.
    private static final int PIECE = 2_000;

    private static final int FRAME_ROOM = 8 * 1024;

    private final RecordingLogger logger = RecordingLogger.open();
    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final Legion legion =
            Legion.named("bank").shards(1).store(store).logger(logger).open(Account.TYPE);
    private final AtomicLong nanos = new AtomicLong();
    private final Extracts extracts =
            new Extracts(TestLanes.setup(legion.node(), store, logger, 1), PIECE + FRAME_ROOM, nanos::get);

    @AfterEach
    void close() {
        extracts.close();
        legion.close();
        logger.close();
    }

    private void pass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    /// Texts that cannot be deflated much, a kilobyte each.
    private void fill(int accounts) {
        var random = new Random(3);
        for (int i = 0; i < accounts; i++) {
            var text = new StringBuilder();
            random.ints(1_000, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
            var _ = legion.partitions(Account.TYPE)
                    .of("account-" + i)
                    .request(new Account.Note(text.toString()), Consistency.FAST);
        }
    }

    private void deposit(String key) {
        var _ = legion.partitions(Account.TYPE).of(key).request(new Account.Deposit(1), Consistency.FAST);
    }

    /// Brings all that was answered into the store.
    private long settle() {
        var settled =
                legion.operations().settle(List.of(0), Duration.ofSeconds(30)).getFirst();
        assertThat(settled.isSettled()).as(settled.why()).isTrue();
        return settled.position();
    }

    private List<ExtractedState> rest(Extract extract, int from) throws IOException {
        var states = new ArrayList<ExtractedState>();
        for (int section = from; ; section++) {
            var piece = piece(extract, section, 0);
            if (piece.isEnd()) {
                return states;
            }
            var deflated = ByteBuffer.allocate(piece.deflatedBytes());
            deflated.put(piece.content().shared());
            while (deflated.hasRemaining()) {
                deflated.put(
                        piece(extract, section, deflated.position()).content().shared());
            }
            try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated.array()), new Inflater(true))) {
                for (var left = ByteBuffer.wrap(in.readAllBytes()); left.hasRemaining(); ) {
                    states.add(ExtractedState.read(left));
                }
            }
        }
    }

    private ExtractPiece piece(Extract extract, int section, int offset) {
        return extracts.piece(extract.number(), section, offset, Optional.empty());
    }

    /// The history is read before the scan begins: what the node writes in between is not of that position.
    @Test
    void theStatesAreThoseOfThePosition() throws IOException {
        deposit("early");
        long early = settle();
        var changed = new AtomicBoolean();
        store.beforeScanOf = from -> {
            if (from[0] == 's' && changed.compareAndSet(false, true)) {
                deposit("late");
                settle();
            }
        };

        var extract = extracts.open(0, early);

        assertThat(changed).isTrue();
        var keys = rest(extract, 0).stream().map(state -> state.key().text()).toList();
        assertThat(keys).containsExactly("early", "late");
        assertThat(extract.position())
                .as("where the states have the late one")
                .isEqualTo(legion.operations().shard(0).orElseThrow().folded());
    }

    /// A minute is enough for one piece, and not for a section.
    @Test
    void whoAsksSlowlyGetsAllOfIt() throws IOException {
        fill(2_000);
        var extract = extracts.open(0, settle());
        var first = piece(extract, 0, 0);
        int got = first.content().size();
        assertThat(first.deflatedBytes()).isGreaterThan(20 * PIECE);
        while (got < first.deflatedBytes()) {
            pass(Extract.IDLE_SECONDS - 1);
            got += piece(extract, 0, got).content().size();
        }

        assertThat(first.states() + rest(extract, 1).size()).isEqualTo(2_000);
    }

    @Test
    void whatNobodyAsksForIsForgottenAndItsThreadEnds() {
        fill(2_000);
        long position = settle();
        var large = extracts.open(0, position);
        piece(large, 0, 0);
        pass(Extract.IDLE_SECONDS + 1);

        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("legion-extract"))) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThatThrownBy(() -> piece(large, 0, 0))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("has no extract " + large.number() + " open");
    }

    /// Whoever asks may then ask another node.
    @Test
    void aStoreThatCannotBeReadGivesNoExtract() {
        deposit("early");
        long position = settle();
        store.beforeScanOf = from -> {
            if (from[0] == 's') {
                throw new StoreException("a block is damaged");
            }
        };

        assertThatThrownBy(() -> extracts.open(0, position))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("gives no extract")
                .hasMessageContaining("a block is damaged");
    }

    /// A backup that was killed leaves as many as there may be; the next one does not wait for their end.
    @Test
    void whatWasLeftMakesRoomForOthers() throws IOException {
        fill(100);
        long position = settle();
        var left = new ArrayList<Extract>();
        for (int i = 0; i < Extract.MOST_OPEN; i++) {
            left.add(extracts.open(0, position));
        }
        pass(4);
        assertThatThrownBy(() -> extracts.open(0, position)).hasMessageContaining("as many as it may");
        left.subList(1, left.size()).forEach(extract -> piece(extract, 0, 0));
        pass(2);

        var next = extracts.open(0, position);

        assertThat(rest(next, 0)).hasSize(100);
        assertThatThrownBy(() -> piece(left.getFirst(), 0, 0)).isInstanceOf(UnreachableException.class);
        assertThat(piece(left.get(1), 0, 0).states()).isPositive();
    }
}
