package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.runtime.lane.TestLanes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    private final Node node = TestLanes.node();
    private final List<Integer> taken = new ArrayList<>();

    private Input input(int number) {
        return (_, _) -> taken.add(number);
    }

    private void empty(Mailbox mailbox) {
        mailbox.empty(input -> input.enter(node, 0));
    }

    @Test
    void inputsAreTakenInTheOrderInWhichTheyWerePutIn() {
        var mailbox = new Mailbox(10);
        for (int i = 0; i < 5; i++) {
            assertThat(mailbox.offer(input(i))).isTrue();
        }
        assertThat(mailbox.depth()).isEqualTo(5);
        empty(mailbox);
        assertThat(taken).containsExactly(0, 1, 2, 3, 4);
        assertThat(mailbox.isEmpty()).isTrue();
    }

    @Test
    void whatIsBeyondTheBoundIsRefusedAndThereIsRoomAgainAfterwards() {
        var mailbox = new Mailbox(2);
        assertThat(mailbox.offer(input(1))).isTrue();
        assertThat(mailbox.offer(input(2))).isTrue();
        assertThat(mailbox.offer(input(3))).isFalse();
        mailbox.add(input(4));
        empty(mailbox);
        assertThat(taken).containsExactly(1, 2, 4);
        assertThat(mailbox.offer(input(5))).isTrue();
    }

    @Test
    void onlyRequestsCountForTheBound() {
        var mailbox = new Mailbox(2);
        for (int i = 0; i < 5; i++) {
            mailbox.add(input(i));
        }
        assertThat(mailbox.depth()).isZero();
        assertThat(mailbox.offer(input(5))).isTrue();
        mailbox.add(input(6));
        assertThat(mailbox.offer(input(7))).isTrue();
        assertThat(mailbox.depth()).isEqualTo(2);
        assertThat(mailbox.offer(input(8))).isFalse();
        empty(mailbox);
        assertThat(taken).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void nothingIsLostOrDoubledOrReorderedBetweenThreads() throws InterruptedException {
        var mailbox = new Mailbox(1_000_000);
        var ready = new CountDownLatch(3);
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 3; t++) {
            int base = t * 100_000;
            threads.add(Thread.ofPlatform().start(() -> {
                ready.countDown();
                for (int i = 0; i < 20_000; i++) {
                    mailbox.offer(input(base + i));
                }
            }));
        }
        ready.await();
        while (taken.size() < 60_000) {
            empty(mailbox);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (int t = 0; t < 3; t++) {
            int base = t * 100_000;
            assertThat(taken.stream().filter(n -> n / 100_000 == base / 100_000))
                    .isSorted()
                    .hasSize(20_000);
        }
        assertThat(mailbox.isEmpty()).isTrue();
    }
}
