package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.Bank;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.runtime.lane.TestLanes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class SearchTest {
    private final MemoryStore store = TestLanes.memory();
    private final Random random = new Random(11);
    private final TreeMap<Integer, Long> model = new TreeMap<>();

    private static PartitionKey key(int number) {
        return PartitionKey.of("p" + number);
    }

    private SortedSet<IndexRecord> expected() {
        var records = new TreeSet<IndexRecord>();
        model.forEach((number, cents) -> {
            if (cents != 0) {
                records.add(new IndexRecord(Tag.of("cents", cents), key(number)));
            }
        });
        return records;
    }

    private void change(Bank bank, int partitions) {
        int number = random.nextInt(partitions);
        int amount = random.nextInt(7) - 3;
        bank.accounts().of(key(number)).request(new Account.Deposit(amount), Consistency.FAST);
        model.merge(number, (long) amount, Long::sum);
    }

    private void searchesEqualTheModel(Bank bank) {
        var expected = expected();
        assertThat(bank.accounts().searchAll(Search.all())).containsExactlyElementsOf(expected);
        assertThat(bank.accounts().searchAll(Search.named("cents"))).containsExactlyElementsOf(expected);
        assertThat(bank.accounts().searchAll(Search.named("cent"))).isEmpty();
        assertThat(bank.accounts().searchAll(Search.between(Tag.of("d"), Tag.of("zzz"))))
                .isEmpty();
        long least = random.nextInt(9) - 4L;
        long end = random.nextInt(9) - 4L;
        finds(bank, Search.atLeast("cents", least), record -> cents(record) >= least);
        finds(bank, Search.below("cents", end), record -> cents(record) < end);
        finds(bank, Search.between("cents", least, end), record -> cents(record) >= least && cents(record) < end);
        finds(bank, Search.of(Tag.of("cents", end)), record -> cents(record) == end);
    }

    private static long cents(IndexRecord record) {
        return record.tag().number();
    }

    private void finds(Bank bank, Search search, Predicate<IndexRecord> wanted) {
        var expected = expected().stream().filter(wanted).toList();
        assertThat(bank.accounts().searchAll(search)).containsExactlyElementsOf(expected);
        assertThat(inPages(bank, search.limit(1 + random.nextInt(5)))).containsExactlyElementsOf(expected);
    }

    /// Every other page comes as a stage.
    private List<IndexRecord> inPages(Bank bank, Search search) {
        var found = new ArrayList<IndexRecord>();
        var next = Optional.of(search);
        for (int pages = 0; next.isPresent(); pages++) {
            var asked = next.get();
            var page = pages % 2 == 0
                    ? bank.accounts().search(asked)
                    : bank.accounts().searchAsync(asked).toCompletableFuture().join();
            assertThat(page.records()).hasSizeLessThanOrEqualTo(search.limit());
            found.addAll(page.records());
            next = page.next().map(search::after);
        }
        return found;
    }

    @Test
    void aSearchFindsWhatANaiveModelFindsInItsOrder() {
        try (var bank = Bank.open(store)) {
            for (int round = 0; round < 60; round++) {
                for (int i = 0; i < 20; i++) {
                    change(bank, 40);
                }
                searchesEqualTheModel(bank);
            }
        }
        try (var bank = Bank.open(store)) {
            searchesEqualTheModel(bank);
        }
    }

    @Test
    void aSearchOverManyPagesIsWhole() {
        try (var bank = Bank.open(store)) {
            for (int i = 0; i < 4000; i++) {
                change(bank, 3000);
            }
            assertThat(expected().size()).isGreaterThan(1100);
            assertThat(bank.accounts().searchAll(Search.all())).containsExactlyElementsOf(expected());
            assertThat(bank.accounts().searchAll(Search.all()).limit(700))
                    .containsExactlyElementsOf(expected().stream().limit(700).toList());
        }
    }
}
