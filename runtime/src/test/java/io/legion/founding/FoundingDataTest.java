package io.legion.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Legion;
import io.legion.LegionBuilder;
import io.legion.Search;
import io.legion.StartupException;
import io.legion.StartupMode;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.operations.KeyPage;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FoundingDataTest {
    /// Of several writes.
    private static final int MANY = 50_000;

    private final MemoryStore store = TestLanes.memory();
    private final RecordingLogger logger = RecordingLogger.open();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
        store.close();
    }

    private LegionBuilder bank() {
        return Legion.named("bank").shards(16).store(store).logger(logger);
    }

    private Legion founded(FoundingData data) {
        return bank().founding(data).open(Account.TYPE);
    }

    private static FoundingData accounts(String title, Stream<FoundingState<Account>> states) {
        return FoundingData.of(title, Account.TYPE, () -> states);
    }

    private static FoundingData many(String title, LongFunction<Account> account) {
        return accounts(
                title,
                LongStream.range(0, MANY).mapToObj(number -> FoundingState.of("a" + number, account.apply(number))));
    }

    private static FoundingState<Account> state(String key, long cents) {
        return FoundingState.of(key, new Account(cents, ""));
    }

    private static long cents(Legion legion, String key) {
        return legion.partitions(Account.TYPE).of(key).read(Consistency.FINAL).cents();
    }

    private static long found(Legion legion, long cents) {
        return legion.partitions(Account.TYPE)
                .search(Search.of(Tag.of("cents", cents)))
                .records()
                .size();
    }

    @Test
    void theClusterBeginsWithTheDataAndFindsThem() {
        try (var legion = founded(accounts("two accounts", Stream.of(state("alice", 5), state("bob", 7))))) {
            assertThat(cents(legion, "alice")).isEqualTo(5);
            assertThat(cents(legion, "bob")).isEqualTo(7);
            assertThat(found(legion, 5)).isEqualTo(1);
            var answer =
                    legion.partitions(Account.TYPE).of("alice").request(new Account.Deposit(10), Consistency.FINAL);
            assertThat(answer.output()).isEqualTo(15L);
            assertThat(found(legion, 5)).isZero();
            assertThat(found(legion, 15)).isEqualTo(1);
        }
    }

    @Test
    void aSecondStartReadsNothingOfThem() {
        founded(accounts("one account", Stream.of(state("alice", 5)))).close();
        FoundingData unread = new FoundingData() {
            @Override
            public String title() {
                throw new AssertionError("read");
            }

            @Override
            public long read(long from, Recipient recipient) {
                throw new AssertionError("read");
            }
        };
        try (var legion = founded(unread)) {
            assertThat(cents(legion, "alice")).isEqualTo(5);
        }
    }

    @Test
    void aPartitionInItsInitialStateTakesNoRoomAndCannotComeAgain() {
        try (var legion = founded(accounts("nothing", Stream.of(state("alice", 0))))) {
            assertThat(cents(legion, "alice")).isZero();
            assertThat(legion.operations()
                            .keys("account", Bytes.EMPTY, KeyPage.Bookmark.BEGIN, 9)
                            .keys())
                    .isEmpty();
        }
    }

    @Test
    void aPartitionThatComesTwiceIsRefusedWhereverItComes() {
        for (var twice : List.of(List.of(5L, 6L), List.of(0L, 6L), List.of(5L, 0L))) {
            var data = accounts("t" + twice, Stream.of(state("alice", twice.get(0)), state("alice", twice.get(1))));
            assertThatThrownBy(() -> founded(data))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("was not founded. Record 2 of t" + twice)
                    .hasMessageContaining("partition alice of type 'account' comes a second time");
        }
        var far =
                many("far apart", number -> new Account(number, "")).and(accounts("again", Stream.of(state("a0", 1))));
        assertThatThrownBy(() -> founded(far))
                .hasMessageContaining("partition a0 of type 'account' comes a second time");
    }

    @Test
    void aTypeThatTheProgramDoesNotHaveIsRefused() {
        record Other(long cents) {}
        var raw = new FoundingRecord("other", PartitionKey.of("x"), Bytes.EMPTY);
        assertThat(new Other(1).cents()).isOne();
        assertThatThrownBy(() -> founded(data("others", raw)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("There is no partition type 'other'. This program has 'account'.");
    }

    @Test
    void aStateThatCannotBeReadIsRefused() {
        var raw = new FoundingRecord("account", PartitionKey.of("x"), Bytes.of("no state"));
        assertThatThrownBy(() -> founded(data("broken", raw)))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(
                        "Record 1 of broken: The state of the partition x of type 'account' cannot be read");
    }

    private static FoundingData data(String title, FoundingRecord... items) {
        return new FoundingData() {
            @Override
            public String title() {
                return title;
            }

            @Override
            public long read(long from, Recipient recipient) {
                Stream.of(items).skip(from).forEach(recipient::take);
                return items.length;
            }
        };
    }

    @Test
    void mendedDataFoundTheClusterAfterBadOnes() {
        var bad = many("bad", number -> new Account(number, ""))
                .and(data("bad end", new FoundingRecord("other", PartitionKey.of("x"), Bytes.EMPTY)));
        assertThatThrownBy(() -> founded(bad)).isInstanceOf(StartupException.class);
        try (var legion = founded(accounts("good", Stream.of(state("alice", 5))))) {
            assertThat(cents(legion, "alice")).isEqualTo(5);
            assertThat(cents(legion, "a7")).isZero();
            assertThat(found(legion, 7)).isZero();
        }
    }

    /// The program ends in the middle: what was written stays, and is not read again.
    @Test
    void anInterruptedFoundingGoesOnWhereItStopped() {
        long[] from = {-1};
        FoundingData data = new FoundingData() {
            @Override
            public String title() {
                return "many";
            }

            @Override
            public long read(long begin, Recipient recipient) {
                from[0] = begin;
                for (long number = begin; number < MANY; number++) {
                    if (begin == 0 && number == MANY - 1) {
                        throw new IllegalStateException("killed");
                    }
                    recipient.take(new FoundingRecord(
                            "account", PartitionKey.of("a" + number), encoded(new Account(number, ""))));
                }
                return MANY;
            }
        };
        assertThatThrownBy(() -> founded(data)).hasMessage("killed");
        assertThat(from[0]).isZero();
        try (var legion = founded(data)) {
            assertThat(from[0]).isBetween(1_000L, MANY - 1L);
            for (long number : new long[] {0, 1, from[0] - 1, from[0], MANY - 1}) {
                assertThat(cents(legion, "a" + number)).isEqualTo(number);
            }
            assertThat(legion.partitions(Account.TYPE).searchAll(Search.all()).count())
                    .isEqualTo(MANY - 1L);
        }
        logger.expect(Logger.Priority.INFO, "goes on behind the first");
    }

    private static Bytes encoded(Account account) {
        return Bytes.wrap(Account.TYPE.stateCodec().encode(account));
    }

    @Test
    void aStartWithoutTheDataDropsNothingOfAnInterruptedFounding() {
        var bad = many("many", number -> new Account(number, ""))
                .and(data("bad end", new FoundingRecord("other", PartitionKey.of("x"), Bytes.EMPTY)));
        assertThatThrownBy(() -> founded(bad)).isInstanceOf(StartupException.class);
        assertThatThrownBy(() -> bank().open(Account.TYPE))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("from many, and bad end and took in")
                .hasMessageContaining("Give the data again");
    }

    @Test
    void dataThatHaveFewerRecordsUnderTheSameTitleAreRefused() {
        var bad = many("many", number -> new Account(number, ""))
                .and(data("end", new FoundingRecord("other", PartitionKey.of("x"), Bytes.EMPTY)));
        assertThatThrownBy(() -> founded(bad)).isInstanceOf(StartupException.class);
        assertThatThrownBy(() -> founded(data("many, and end")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("The data have 0 records");
    }

    @Test
    void onlyASettingThatFoundsTakesData() {
        for (var mode : List.of(new StartupMode.JoinCluster(List.of("a:1")), new StartupMode.Recover())) {
            assertThatThrownBy(() -> bank().startup(mode)
                            .founding(accounts("one", Stream.of(state("alice", 5))))
                            .open(Account.TYPE))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("do not let this node found it");
        }
        assertThat(store.identity()).isEmpty();
    }

    @Test
    void aPartitionForWhichTheIndexFunctionThrowsIsTakenInAndSaidOnce() {
        PartitionType<Account> type = PartitionType.named("account", new Account(0, ""))
                .events(Account.Change.class)
                .index(account -> {
                    if (account.cents() % 2 == 0) {
                        throw new IllegalStateException("even");
                    }
                    return Set.of(Tag.of("cents", account.cents()));
                });
        var data = FoundingData.of("some", type, () -> LongStream.range(1, 10).mapToObj(n -> state("a" + n, n)));
        try (var legion = bank().founding(data).open(type)) {
            assertThat(legion.partitions(type).of("a2").read(Consistency.FINAL).cents())
                    .isEqualTo(2);
            assertThat(legion.partitions(type).searchAll(Search.all()).count()).isEqualTo(5);
        }
        logger.expect(Logger.Priority.WARNING, "index function of the type 'account' threw for the partition a2");
        logger.expect(Logger.Priority.WARNING, "4 partitions of the data are not in the index");
    }

    @Test
    void titlesAreOneLine() {
        assertThatThrownBy(() -> founded(data("a\nb")))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("one line");
    }
}
