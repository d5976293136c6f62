package io.legion.cluster.jgroups.wire;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jgroups.Address;
import org.jgroups.blocks.cs.Connection;

/// Connections that are being made. One thread makes the connection to an address; others that need the same one
/// meanwhile share what comes of it. No lock is held, so nobody else waits for a peer that does not answer.
final class Dials {

    /// Makes a connection.
    interface Dial {
        Connection make() throws Exception;
    }

    private final Map<Address, CompletableFuture<Connection>> open = new ConcurrentHashMap<>();

    /// A connection to an address: the one that this call makes, or another one makes, or that [#arrived] first.
    Connection share(Address to, Dial dial) throws Exception {
        var ours = new CompletableFuture<Connection>();
        var theirs = open.putIfAbsent(to, ours);
        if (theirs != null) {
            return outcome(theirs);
        }
        try {
            ours.complete(dial.make());
        } catch (Throwable failed) {
            ours.completeExceptionally(failed);
        } finally {
            open.remove(to, ours);
        }
        return outcome(ours);
    }

    /// The peer has connected to this node: who waits for a connection to it waits no more.
    void arrived(Address from, Connection connection) {
        var waiting = open.get(from);
        if (waiting != null) {
            waiting.complete(connection);
        }
    }

    private static Connection outcome(CompletableFuture<Connection> dialled) throws Exception {
        try {
            return dialled.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case Exception cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw failed;
            }
        }
    }
}
