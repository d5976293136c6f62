package io.legion.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that does with each connection what the test wants: nothing, or anything but HTTP.
final class RawServer implements AutoCloseable {
    /// What it does.
    interface Behaviour {
        void with(Socket connection) throws Exception;
    }

    private final ServerSocket listening;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    private RawServer(ServerSocket listening) {
        this.listening = listening;
    }

    static RawServer open(Behaviour behaviour) throws IOException {
        var server = new RawServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(() -> server.accept(behaviour));
        return server;
    }

    /// One that takes connections and says nothing.
    static RawServer silent() throws IOException {
        return open(_ -> {});
    }

    private void accept(Behaviour behaviour) {
        try {
            while (true) {
                var connection = listening.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection, behaviour));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void serve(Socket connection, Behaviour behaviour) {
        try {
            behaviour.with(connection);
        } catch (Exception gone) {
            // The client has seen enough.
        }
    }

    String url(String scheme) {
        return scheme + "://127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
