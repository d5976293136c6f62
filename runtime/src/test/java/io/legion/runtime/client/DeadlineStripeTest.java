package io.legion.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DeadlineStripeTest {
    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    private final DeadlineStripe stripe = new DeadlineStripe();

    /// A virtual thread that waits at a slot of the stripe until it is woken with its time over.
    private Thread waiting(Slot<?> slot, long deadlineNanos) {
        stripe.add(slot, deadlineNanos);
        return Thread.ofVirtual().start(() -> {
            slot.await(deadlineNanos);
            stripe.remove(slot);
        });
    }

    @Test
    void whoeverIsLateIsWokenWhereverItWasPutIn() throws InterruptedException {
        long now = System.nanoTime();
        var far = new Slot<String>();
        stripe.add(far, now + FAR);
        var late = new ArrayList<Thread>();
        for (int i = 0; i < 5; i++) {
            // Put in after one that has more time.
            late.add(waiting(new Slot<String>(), now + i));
        }
        while (!late.stream().allMatch(thread -> thread.getState() == Thread.State.TERMINATED)) {
            stripe.wake(System.nanoTime());
        }
        assertThat(stripe.isEmpty()).isFalse();
        stripe.remove(far);
        assertThat(stripe.isEmpty()).isTrue();
    }

    @Test
    void slotsAreTakenOutInAnyOrderAndNothingIsKept() {
        var random = new Random(7);
        var slots = new ArrayList<Slot<?>>();
        for (int i = 0; i < 100; i++) {
            var slot = new Slot<String>();
            stripe.add(slot, random.nextLong(FAR));
            slots.add(slot);
        }
        Collections.shuffle(slots, random);
        for (var slot : slots) {
            assertThat(stripe.isEmpty()).isFalse();
            stripe.remove(slot);
            assertThat(List.of(slot.watched, slot.next == null, slot.previous == null))
                    .containsExactly(false, true, true);
        }
        assertThat(stripe.isEmpty()).isTrue();
    }

    /// Nobody would wake it.
    @Test
    void whoWaitsWhenTheWatchEndsOrLaterWatchesTheTimeForItself() throws InterruptedException {
        long soon = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(30);
        var before = waiting(new Slot<String>(), soon);
        stripe.close();
        var after = waiting(new Slot<String>(), soon);
        assertThat(before.join(Duration.ofSeconds(20))).isTrue();
        assertThat(after.join(Duration.ofSeconds(20))).isTrue();
        assertThat(stripe.isEmpty()).isTrue();
    }
}
