package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FrameGateTest {
    private final FrameGate gate = new FrameGate();
    private final AtomicInteger entered = new AtomicInteger();

    /// Brings so many frames of one size.
    private Thread bringing(int frames, int bytes) {
        var bringing = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < frames; i++) {
                gate.enter(1, bytes);
                entered.incrementAndGet();
            }
        });
        while (bringing.getState() != Thread.State.WAITING && bringing.isAlive()) {
            Thread.onSpinWait();
        }
        return bringing;
    }

    @Test
    void manySmallFramesWaitAsFewLargeOnesDo() throws InterruptedException {
        var small = bringing(1_000_000, 1);
        int most = entered.get();
        assertThat(most).isBetween(10_000, 100_000);
        gate.close();
        small.join();
        assertThat(entered.get()).as("once the node is closed").isEqualTo(1_000_000);
    }

    @Test
    void framesThatComeTogetherCountEach() throws InterruptedException {
        gate.enter(32_000, 32_000);
        var another = bringing(1_000, 1);
        assertThat(entered.get()).isLessThan(1_000);
        gate.leave(32_000, 32_000);
        another.join();
        assertThat(entered.get()).isEqualTo(1_000);
    }

    @Test
    void whoWaitsGoesOnWhenFramesHaveLeft() throws InterruptedException {
        var large = bringing(4, 10 << 20);
        assertThat(entered.get()).isEqualTo(3);
        gate.leave(1, 10 << 20);
        large.join();
        assertThat(entered.get()).isEqualTo(4);
    }

    @Test
    void oneFrameHasRoomHoweverLargeItIs() {
        gate.enter(1, 80 << 20);
        gate.leave(1, 80 << 20);
        gate.enter(1, 80 << 20);
    }
}
