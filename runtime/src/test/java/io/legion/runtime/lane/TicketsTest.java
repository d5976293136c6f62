package io.legion.runtime.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TicketsTest {
    private record Nobody(int number) implements Waiter {
        @Override
        public void replied(Reply reply) {}

        @Override
        public void failed(NoAnswer none) {}

        @Override
        public long deadlineMillis() {
            return number;
        }
    }

    @Test
    void ticketsNameTheirWaitersAsInATableThatIsNeverReused() {
        var random = new Random(3);
        var tickets = new Tickets();
        var model = new HashMap<Long, Waiter>();
        var all = new ArrayList<Long>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                var waiter = new Nobody(i);
                long ticket = tickets.take(waiter);
                assertThat(model.put(ticket, waiter)).isNull();
                all.add(ticket);
            } else if (!all.isEmpty()) {
                long ticket = all.get(random.nextInt(all.size()));
                tickets.giveBack(ticket);
                model.remove(ticket);
            }
            assertThat(tickets.waiting()).isEqualTo(model.size());
            if (!all.isEmpty()) {
                long ticket = all.get(random.nextInt(all.size()));
                assertThat(tickets.find(ticket)).isEqualTo(model.get(ticket));
            }
        }
    }

    @Test
    void ticketsAreGivenBackByAPredicate() {
        var tickets = new Tickets();
        for (int i = 0; i < 10; i++) {
            tickets.take(new Nobody(i));
        }
        tickets.giveBackIf((_, waiter) -> waiter.deadlineMillis() < 4);
        assertThat(tickets.waiting()).isEqualTo(6);
        assertThat(tickets.find(3)).isNull();
        assertThat(tickets.find(4)).isEqualTo(new Nobody(4));
    }
}
