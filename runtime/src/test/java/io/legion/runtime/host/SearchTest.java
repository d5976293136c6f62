package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.Bank;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.runtime.lane.TestLanes;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
        bank.accounts().request(key(number), new Account.Deposit(amount));
        model.merge(number, (long) amount, Long::sum);
    }

    private void searchesEqualTheModel(Bank bank) {
        var expected = expected();
        assertThat(bank.accounts().search(SearchTag.START)).containsExactlyElementsOf(expected);
        for (var from : new SearchTag[] {
            SearchTag.from(Tag.of("cents", 0)),
            SearchTag.from(Tag.of("cents", -2)),
            SearchTag.after(new IndexRecord(Tag.of("cents", 1), key(random.nextInt(40)))),
            SearchTag.from(Tag.of("zzz"))
        }) {
            assertThat(bank.accounts().search(from))
                    .containsExactlyElementsOf(
                            expected.stream().filter(from::isBefore).toList());
        }
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
            assertThat(bank.accounts().search(SearchTag.START)).containsExactlyElementsOf(expected());
            assertThat(bank.accounts().search(SearchTag.START).limit(700))
                    .containsExactlyElementsOf(expected().stream().limit(700).toList());
        }
    }
}
