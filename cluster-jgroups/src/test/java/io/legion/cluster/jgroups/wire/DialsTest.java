package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.blocks.cs.TcpServer;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DialsTest {
    private final Address peer = new IpAddress(InetAddress.getLoopbackAddress(), 1);
    private final Dials dials = new Dials();
    private final CountDownLatch dialling = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);

    private static Connection connection() throws Exception {
        try (var server = new TcpServer(InetAddress.getLoopbackAddress(), 0)) {
            return new TcpConnection(new IpAddress(InetAddress.getLoopbackAddress(), 1), server);
        }
    }

    private CompletableFuture<Connection> slowly(Dials.Dial dial) throws Exception {
        var outcome = new CompletableFuture<Connection>();
        Thread.startVirtualThread(() -> {
            try {
                outcome.complete(dials.share(peer, () -> {
                    dialling.countDown();
                    answered.await();
                    return dial.make();
                }));
            } catch (Throwable failed) {
                outcome.completeExceptionally(failed);
            }
        });
        dialling.await();
        return outcome;
    }

    private CompletableFuture<Connection> another() throws Exception {
        var outcome = new CompletableFuture<Connection>();
        var thread = Thread.startVirtualThread(() -> {
            try {
                outcome.complete(dials.share(peer, () -> {
                    throw new AssertionError("dialled twice");
                }));
            } catch (Throwable failed) {
                outcome.completeExceptionally(failed);
            }
        });
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return outcome;
    }

    @Test
    void whoWantsTheSameConnectionSharesIt() throws Exception {
        var made = connection();
        var first = slowly(() -> made);
        var second = another();
        assertThat(second).isNotDone();
        answered.countDown();
        assertThat(first.get()).isSameAs(made);
        assertThat(second.get()).isSameAs(made);
    }

    @Test
    void whatFailsFailsForAllAndIsTriedAnew() throws Exception {
        var first = slowly(() -> {
            throw new SocketTimeoutException("nobody");
        });
        var second = another();
        answered.countDown();
        assertThatThrownBy(first::get).hasCauseInstanceOf(SocketTimeoutException.class);
        assertThatThrownBy(second::get).hasCauseInstanceOf(SocketTimeoutException.class);
        var made = connection();
        assertThat(dials.share(peer, () -> made)).isSameAs(made);
    }

    /// The peer does not answer, and calls by itself.
    @Test
    void aConnectionFromThePeerEndsTheWaiting() throws Exception {
        var first = slowly(() -> {
            throw new IOException("too late");
        });
        var second = another();
        var arrival = connection();
        dials.arrived(peer, arrival);
        assertThat(second.get()).isSameAs(arrival);
        answered.countDown();
        assertThat(first.get()).isSameAs(arrival);
    }
}
