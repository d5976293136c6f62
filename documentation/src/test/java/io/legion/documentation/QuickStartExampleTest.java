package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.Partition;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventFailedException;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// The programs of `docs/quick-start.md`.
final class QuickStartExampleTest {

    record Account(long cents) {}

    sealed interface AccountEvent<O> extends Event<Account, O> {}

    record Deposit(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() + cents);
            return Applied.of(next, next.cents());
        }
    }

    record Withdraw(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            if (state.cents() < cents) {
                throw new IllegalStateException("not enough money");
            }
            var next = new Account(state.cents() - cents);
            return Applied.of(next, next.cents());
        }
    }

    static final PartitionType<Account> ACCOUNTS = PartitionType.named("account", new Account(0))
            .events(AccountEvent.class)
            .index(account -> Set.of(Tag.of("cents", account.cents())));

    private static void bank(Logger logger) {
        var monitor = RecordingMonitor.open();
        try (var store = MemoryStore.open(new MemoryStore.Config(ByteSize.parse("256 MiB")));
                var legion = Legion.named("bank")
                        .store(store)
                        .logger(logger)
                        .monitor(monitor)
                        .open(ACCOUNTS)) {
            serve(legion.partitions(ACCOUNTS));
            converse(legion, legion.partitions(ACCOUNTS).of("alice"));
        }
    }

    private static void converse(Legion legion, Partition<Account> alice) {
        // region: session
        var session = legion.session(); // or legion.session(token), with a token that the caller has brought
        alice.in(session).request(new Deposit(100), Consistency.FAST);
        Account shown = alice.in(session).read(Consistency.FAST); // with the deposit, whichever node serves
        String token = session.token(); // for a cookie or a header
        // end: session
        assertThat(shown.cents()).isGreaterThanOrEqualTo(100);
        assertThat(legion.session(token).token()).isEqualTo(token);
    }

    private static void serve(Partitions<Account> bank) {
        // region: use
        var alice = bank.of("alice");
        long now = alice.request(new Deposit(100), Consistency.FAST).output();
        long sure = alice.request(new Deposit(50), Consistency.FINAL).output();
        Account state = alice.read(Consistency.FAST);
        CompletionStage<Account> later = alice.readAsync(Consistency.FINAL);
        // end: use
        assertThat(now).isEqualTo(100);
        assertThat(sure).isEqualTo(150);
        assertThat(state.cents()).isEqualTo(150);
        assertThat(later.toCompletableFuture().join()).isEqualTo(state);
        try {
            alice.request(new Withdraw(1_000), Consistency.FINAL).output();
        } catch (EventFailedException notEnough) {
            // the account is as it was, on every node
        }
        assertThat(alice.read(Consistency.FAST)).isEqualTo(state);
        bank.of("bob").request(new Deposit(20), Consistency.FAST);
        // region: search
        var rich = bank.searchAll(Search.atLeast("cents", 100))
                .map(record -> record.key().text() + " has " + record.tag().number())
                .toList();
        var page = bank.search(Search.named("cents").limit(1));
        var next = bank.search(Search.named("cents").after(page.next().orElseThrow()));
        // end: search
        assertThat(rich).containsExactly("alice has 150");
        assertThat(page.records()).extracting(record -> record.key().text()).containsExactly("bob");
        assertThat(next.records()).extracting(record -> record.key().text()).containsExactly("alice");
        retry(bank);
    }

    private static void retry(Partitions<Account> bank) {
        // region: retry
        var alice = bank.of("alice");
        var id = alice.nextRequestId();
        try {
            alice.request(new Deposit(1), Consistency.FINAL, id);
        } catch (RequestException failure) {
            if (failure.fate() != RequestException.Fate.UNKNOWN) {
                throw failure;
            }
            alice.request(new Deposit(1), Consistency.FINAL, id); // counts once, whatever became of the first
        }
        // end: retry
        assertThat(alice.read(Consistency.FAST).cents()).isEqualTo(151);
    }

    @Test
    void theQuickStartWorks() {
        try (var logger = RecordingLogger.open()) {
            bank(logger);
        }
    }
}
