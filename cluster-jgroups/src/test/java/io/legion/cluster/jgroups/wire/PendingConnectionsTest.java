package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.wire.PendingConnections.Pending;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PendingConnectionsTest {
    private final PendingConnections pending = new PendingConnections(4, 3);

    private static final class From extends Socket {
        private final InetAddress host;

        From(InetAddress host) {
            this.host = host;
        }

        @Override
        public InetAddress getInetAddress() {
            return host;
        }
    }

    private Pending add(int host) {
        try {
            var next = new Pending(new From(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) host})));
            pending.add(next);
            return next;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void gaveWay(Pending one) {
        assertThat(one.gaveWay()).isTrue();
        assertThat(one.socket().isClosed()).isTrue();
    }

    private static void stays(Pending... some) {
        for (var one : some) {
            assertThat(one.gaveWay()).isFalse();
            assertThat(one.socket().isClosed()).isFalse();
        }
    }

    @Test
    void theOldestOfAHostGivesWayToAnotherOneOfThatHost() {
        var other = add(2);
        var own = IntStream.range(0, 3).mapToObj(_ -> add(1)).toList();
        var next = add(1);
        gaveWay(own.get(0));
        stays(other, own.get(1), own.get(2), next);
    }

    @Test
    void whereAllIsFullTheHostWithTheMostMakesRoom() {
        var few = add(2);
        var many = IntStream.range(0, 3).mapToObj(_ -> add(1)).toList();
        var stranger = add(3);
        gaveWay(many.get(0));
        stays(few, many.get(1), many.get(2), stranger);
    }

    @Test
    void whatIsRemovedMakesRoom() {
        var first = add(1);
        assertThat(pending.remove(first)).isTrue();
        var others = IntStream.range(0, 3).mapToObj(_ -> add(1)).toArray(Pending[]::new);
        stays(first);
        stays(others);
        assertThat(pending.remove(first)).isFalse();
    }

    @Test
    void whenItIsClosedNothingStaysOpen() {
        var early = add(1);
        pending.close();
        var late = add(2);
        assertThat(early.socket().isClosed()).isTrue();
        assertThat(late.socket().isClosed()).isTrue();
    }
}
