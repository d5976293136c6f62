package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.frame.FrameCodec;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class NodeHostTest {
    private static final int MAILBOX = 1000;
    private static final int SPINS = 20_000;

    private final NodeHost host = begun(task -> Thread.ofVirtual().start(task));

    private static NodeHost begun(Executor keeper) {
        var host = new NodeHost(
                TestLanes.node(), MAILBOX, new NodeClock(InstantSource.system()), keeper, RecordingLogger.open());
        host.begin(Node::recover);
        return host;
    }

    private boolean isTakenIn() {
        var seen = new CountDownLatch(1);
        host.submit((_, _) -> seen.countDown());
        try {
            return seen.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Two threads put one input in at the same moment, again and again: if the one that owns the node goes
    /// without seeing the other's, nobody else comes to take it in.
    @Test
    void noInputIsLeftBehindWhenTheOwnerGoes() throws InterruptedException {
        int rounds = 20_000;
        var lost = new AtomicInteger();
        var arrived = new AtomicInteger();
        var ready = new AtomicInteger();
        Runnable submitting = () -> {
            for (int round = 1; round <= rounds && lost.get() == 0; round++) {
                arrived.incrementAndGet();
                // Where the other one has no processor, spinning for long would keep it from one.
                for (int spins = 0; arrived.get() < 2 * round && lost.get() == 0; spins++) {
                    if (spins < SPINS) {
                        Thread.onSpinWait();
                    } else {
                        LockSupport.parkNanos(1_000);
                    }
                }
                // Whoever has been parked is late by now: both run, and wait once more for the same moment.
                ready.incrementAndGet();
                for (int spins = 0; ready.get() < 2 * round && spins < SPINS; spins++) {
                    Thread.onSpinWait();
                }
                if (!isTakenIn()) {
                    lost.incrementAndGet();
                }
            }
        };
        var threads = List.of(
                Thread.ofPlatform().start(submitting), Thread.ofPlatform().start(submitting));
        for (var thread : threads) {
            thread.join();
        }
        assertThat(lost.get()).isZero();
    }

    @Test
    void nobodyWorksForOthersWithoutEnd() {
        var handedOver = new ArrayDeque<Runnable>();
        var patient = begun(handedOver::add);
        var count = new AtomicInteger();
        patient.submit(new Input() {
            @Override
            public void enter(Node node, long nowMillis) {
                // Each input brings the next one, so the mailbox is never empty.
                if (count.incrementAndGet() < 100) {
                    patient.submit(this);
                }
            }
        });
        assertThat(count.get()).isBetween(1, 99);
        assertThat(handedOver).hasSize(1);
        while (!handedOver.isEmpty()) {
            handedOver.remove().run();
        }
        assertThat(count.get()).isEqualTo(100);
    }

    /// After a pause of this process (a collection of garbage, a machine that was too busy) much of what others sent
    /// meanwhile comes at once.
    @Test
    void framesThatWaitTakeNoRoomFromRequests() {
        host.withNode((_, _) -> {
            for (int i = 0; i < 2 * MAILBOX; i++) {
                host.received(new NodeId(2), List.of(Bytes.wrap(new byte[] {FrameCodec.VERSION})));
            }
            assertThat(host.depth()).isZero();
            assertThat(host.submit((_, _) -> {})).isTrue();
            assertThat(host.depth()).isEqualTo(1);
        });
        assertThat(host.depth()).isZero();
    }

    @Test
    void anInputThatEndsInAnErrorTakesNoOtherWithIt() {
        var others = new AtomicInteger();
        host.submit((_, _) -> {
            // Both are taken out of the mailbox at once.
            host.submit((_, _) -> {
                throw new StackOverflowError();
            });
            host.submit((_, _) -> others.incrementAndGet());
        });
        assertThat(others.get()).isEqualTo(1);
    }

    @Test
    void whatIsToldAfterwardsIsToldWithTheLaneFree() {
        var free = new AtomicInteger();
        host.submit((_, _) -> host.afterwards(() -> {
            // A request from within: it would wait for ever if this thread still owned the node.
            if (isTakenIn()) {
                free.incrementAndGet();
            }
        }));
        assertThat(free.get()).isEqualTo(1);
    }
}
