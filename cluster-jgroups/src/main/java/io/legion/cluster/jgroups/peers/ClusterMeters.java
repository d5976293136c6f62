package io.legion.cluster.jgroups.peers;

import io.legion.core.NodeId;
import io.legion.service.Monitor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/// What the cluster tells the monitor, all under `legion.cluster.`: the gauge `members`; the counters
/// `frames.sent`, `frames.received`, `frames.dropped`, `bytes.sent`, `bytes.received` and
/// `handshakes.refused`; and, tagged with the peer, the gauge `window.used.bytes`.
final class ClusterMeters implements AutoCloseable {

    private final Monitor monitor;
    private final Monitor.Registration members;
    private final Map<NodeId, Monitor.Registration> windows = new ConcurrentHashMap<>();
    private final Monitor.Counter framesSent;
    private final Monitor.Counter framesReceived;
    private final Monitor.Counter framesDropped;
    private final Monitor.Counter bytesSent;
    private final Monitor.Counter bytesReceived;
    private final Monitor.Counter handshakesRefused;

    ClusterMeters(Monitor monitor, DoubleSupplier members) {
        this.monitor = monitor;
        this.members = monitor.gauge("legion.cluster.members", members);
        framesSent = monitor.counter("legion.cluster.frames.sent");
        framesReceived = monitor.counter("legion.cluster.frames.received");
        framesDropped = monitor.counter("legion.cluster.frames.dropped");
        bytesSent = monitor.counter("legion.cluster.bytes.sent");
        bytesReceived = monitor.counter("legion.cluster.bytes.received");
        handshakesRefused = monitor.counter("legion.cluster.handshakes.refused");
    }

    void sent(int bytes) {
        framesSent.increment();
        bytesSent.add(bytes);
    }

    void dropped() {
        framesDropped.increment();
    }

    void received(int bytes) {
        framesReceived.increment();
        bytesReceived.add(bytes);
    }

    Monitor.Counter handshakesRefused() {
        return handshakesRefused;
    }

    void show(NodeId peer, DoubleSupplier used) {
        var shown = monitor.tagged("peer", peer.toString()).gauge("legion.cluster.window.used.bytes", used);
        var before = windows.put(peer, shown);
        if (before != null) {
            before.close();
        }
    }

    void hide(NodeId peer) {
        var shown = windows.remove(peer);
        if (shown != null) {
            shown.close();
        }
    }

    @Override
    public void close() {
        members.close();
        windows.values().forEach(Monitor.Registration::close);
    }
}
