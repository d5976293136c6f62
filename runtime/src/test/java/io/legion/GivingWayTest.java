package io.legion;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.runtime.lane.TestLanes;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class GivingWayTest {
    private static final int FEW = 200_000;
    private static final int ENDLESS = 2_000_000;

    /// Whoever is answered without waiting for anybody keeps its carrier, and there are fewer of those than callers.
    @Test
    void whoIsAnsweredAtOnceAgainAndAgainLetsOthersBegin() throws InterruptedException {
        int callers = 2 * Runtime.getRuntime().availableProcessors() + 1;
        var banks = new ArrayList<Bank>();
        for (int i = 0; i < callers; i++) {
            // One for each, so that no caller waits for another.
            banks.add(Bank.open(TestLanes.memory(), settings -> settings.shards(1)));
        }
        var waiting = new AtomicInteger(callers);
        var most = new AtomicLong();
        var start = new CountDownLatch(1);
        var threads = new ArrayList<Thread>();
        for (var bank : banks) {
            threads.add(Thread.ofVirtual().start(() -> {
                awaitStart(start);
                waiting.decrementAndGet();
                long answers = 0;
                for (; waiting.get() > 0 && answers < ENDLESS; answers++) {
                    bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST);
                }
                most.accumulateAndGet(answers, Math::max);
            }));
        }
        start.countDown();
        for (var thread : threads) {
            thread.join();
        }
        banks.forEach(Bank::close);
        assertThat(most.get()).isLessThan(FEW);
    }

    private static void awaitStart(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
