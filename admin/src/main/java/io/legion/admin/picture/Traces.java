package io.legion.admin.picture;

import io.legion.admin.picture.NodePicture.Trace;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What the addresses of nodes that give no answer show to who connects there: it tells a process that is
/// gone from one that stands still, and both from a network that is cut. The node there has a connection that
/// says nothing.
///
/// **Threads.** Any.
final class Traces {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /// Each connection may cost the other side a line in its log.
    private static final long AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private record Seen(Trace trace, long nanos) {}

    private final Map<NodeId, Seen> seen = new ConcurrentHashMap<>();

    /// What the address of this node showed when somebody looked last. If that is some seconds ago, another
    /// look begins, for which nobody waits.
    Trace of(MemberReport member) {
        long now = System.nanoTime();
        var last = seen.computeIfAbsent(member.node(), _ -> new Seen(Trace.NONE, now - AGAIN_NANOS));
        if (now - last.nanos >= AGAIN_NANOS && seen.replace(member.node(), last, new Seen(last.trace, now))) {
            Thread.ofVirtual().name("admin-trace").start(() -> {
                var trace = look(member.address());
                seen.computeIfPresent(member.node(), (_, begun) -> new Seen(trace, begun.nanos));
            });
        }
        return last.trace;
    }

    /// Forgets all nodes but these.
    void keep(Set<NodeId> lost) {
        seen.keySet().retainAll(lost);
    }

    private static Trace look(String address) {
        try (var socket = new Socket()) {
            var place = URI.create("//" + address);
            if (place.getHost() == null || place.getPort() < 1) {
                return Trace.NONE;
            }
            var host = InetAddress.getByName(place.getHost());
            socket.connect(new InetSocketAddress(host, place.getPort()), Math.toIntExact(PATIENCE.toMillis()));
            return Trace.LISTENS;
        } catch (ConnectException refused) {
            return Trace.REFUSED;
        } catch (IOException nothing) {
            return Trace.SILENT;
        } catch (IllegalArgumentException noAddress) {
            return Trace.NONE;
        }
    }
}
