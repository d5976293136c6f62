package io.legion.contracts;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A listener that notes what it hears, and can be made to block.
final class ClusterEar implements Cluster.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// What was heard.
    sealed interface Heard {
        record Joined(NodeId node, UUID cluster) implements Heard {}

        record Left(NodeId node) implements Heard {}

        record Received(NodeId from, Bytes frame) implements Heard {}

        record Refused(String why) implements Heard {}

        record KeptOutAsTwin(String why) implements Heard {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final List<Heard> heard = new ArrayList<>();
    private volatile @Nullable CountDownLatch gate;
    private volatile @Nullable NodeId gated;

    @Override
    public void received(NodeId from, Bytes frame) {
        note(new Heard.Received(from, frame));
        var closed = gate;
        if (closed != null && from.equals(gated)) {
            await(closed);
        }
    }

    @Override
    public void joined(NodeId node, UUID cluster) {
        note(new Heard.Joined(node, cluster));
    }

    @Override
    public void left(NodeId node) {
        note(new Heard.Left(node));
    }

    @Override
    public void keptOutAsTwin(String why) {
        note(new Heard.KeptOutAsTwin(why));
    }

    @Override
    public void refused(String why) {
        note(new Heard.Refused(why));
    }

    /// Blocks what comes from `node`, after it was noted, until the latch is opened.
    CountDownLatch block(NodeId node) {
        var latch = new CountDownLatch(1);
        gated = node;
        gate = latch;
        return latch;
    }

    List<Heard> all() {
        lock.lock();
        try {
            return List.copyOf(heard);
        } finally {
            lock.unlock();
        }
    }

    List<Bytes> framesOf(NodeId node) {
        return all().stream()
                .filter(Heard.Received.class::isInstance)
                .map(Heard.Received.class::cast)
                .filter(received -> received.from().equals(node))
                .map(Heard.Received::frame)
                .toList();
    }

    List<String> refusals() {
        return all().stream()
                .filter(Heard.Refused.class::isInstance)
                .map(Heard.Refused.class::cast)
                .map(Heard.Refused::why)
                .toList();
    }

    /// Waits until what was heard is like that.
    ///
    /// @throws AssertionError if it is not within 20 s
    void await(String what, Predicate<List<Heard>> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        lock.lock();
        try {
            while (!condition.test(heard)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("Waited in vain for: " + what + ". Heard was only: " + shortened());
                }
                more.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        } finally {
            lock.unlock();
        }
    }

    void awaitJoined(NodeId node) {
        await(node + " joined", heard -> isMember(heard, node));
    }

    void awaitLeft(NodeId node) {
        await(node + " left", heard -> heard.contains(new Heard.Left(node)) && !isMember(heard, node));
    }

    private static boolean isMember(List<Heard> heard, NodeId node) {
        boolean member = false;
        for (var one : heard) {
            member = switch (one) {
                case Heard.Joined joined -> member || joined.node().equals(node);
                case Heard.Left left -> member && !left.node().equals(node);
                case Heard.Received _, Heard.Refused _, Heard.KeptOutAsTwin _ -> member;
            };
        }
        return member;
    }

    private List<String> shortened() {
        return heard.stream()
                .map(one -> one instanceof Heard.Received(var from, var frame)
                        ? "Received[" + from + ", " + frame.size() + " bytes]"
                        : one.toString())
                .toList();
    }

    private void note(Heard what) {
        lock.lock();
        try {
            heard.add(what);
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody opened the gate");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
