package io.legion.cluster.jgroups.wire;

import io.legion.service.AddressBlock;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jgroups.util.Util;
import org.jspecify.annotations.Nullable;

/// Connections whose other side has not yet shown who it is: bounded in all, and for each host.
///
/// Where there is no room the oldest one gives way, of the same host or else of the host that has the most. So a host
/// takes no room from another one; and a node that shares its host with a flood needs only milliseconds to go on.
final class PendingConnections {

    /// One of them.
    static final class Pending {
        private final Socket socket;
        private volatile boolean gaveWay;

        Pending(Socket socket) {
            this.socket = socket;
        }

        Socket socket() {
            return socket;
        }

        InetAddress address() {
            return socket.getInetAddress();
        }

        /// What counts as one host.
        AddressBlock host() {
            return AddressBlock.of(address());
        }

        /// True if it was closed for another one.
        boolean gaveWay() {
            return gaveWay;
        }

        void close() {
            Util.close(socket);
        }
    }

    private final int most;
    private final int mostOfHost;
    private final ReentrantLock lock = new ReentrantLock();

    /// The oldest first.
    private final Set<Pending> all = new LinkedHashSet<>();

    private boolean closed;

    /// @param most how many there may be
    /// @param mostOfHost how many of them may come from one host
    PendingConnections(int most, int mostOfHost) {
        this.most = most;
        this.mostOfHost = mostOfHost;
    }

    /// Adds one, for which another one may have to give way, which is closed.
    void add(Pending next) {
        Pending over;
        lock.lock();
        try {
            over = closed ? next : givesWay(next.host());
            all.remove(over);
            if (!closed) {
                all.add(next);
            }
        } finally {
            lock.unlock();
        }
        if (over != null) {
            over.gaveWay = true;
            over.close();
        }
    }

    private @Nullable Pending givesWay(AddressBlock host) {
        if (all.size() < mostOfHost) {
            return null;
        }
        var counts = all.stream().collect(Collectors.groupingBy(Pending::host, Collectors.counting()));
        if (counts.getOrDefault(host, 0L) >= mostOfHost) {
            return oldest(host);
        }
        return all.size() < most
                ? null
                : oldest(Collections.max(counts.entrySet(), Map.Entry.comparingByValue())
                        .getKey());
    }

    private Pending oldest(AddressBlock host) {
        return all.stream().filter(one -> one.host().equals(host)).findFirst().orElseThrow();
    }

    /// Removes one that does not wait here any more.
    ///
    /// @return false if it is not here: it has given way
    boolean remove(Pending one) {
        lock.lock();
        try {
            return all.remove(one);
        } finally {
            lock.unlock();
        }
    }

    /// Closes all, and each that is added later.
    void close() {
        List<Pending> rest;
        lock.lock();
        try {
            closed = true;
            rest = new ArrayList<>(all);
            all.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(Pending::close);
    }
}
