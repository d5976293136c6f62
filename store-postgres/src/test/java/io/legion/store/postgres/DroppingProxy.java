package io.legion.store.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes connections on to a server, without the `options` for which their first message asks.
final class DroppingProxy implements AutoCloseable {

    private static final int VERSION_BYTES = 4;

    private final ServerSocket listening;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private DroppingProxy(ServerSocket listening, int server) {
        this.listening = listening;
        this.server = server;
    }

    static DroppingProxy open(int server) throws IOException {
        var proxy = new DroppingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = listening.accept();
                open.add(client);
                Thread.startVirtualThread(() -> pass(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pass(Socket client) {
        try (client;
                var target = new Socket(InetAddress.getLoopbackAddress(), server)) {
            open.add(target);
            var first = new DataInputStream(client.getInputStream());
            var message = new byte[first.readInt() - Integer.BYTES];
            first.readFully(message);
            byte[] rest = withoutOptions(message);
            var out = new DataOutputStream(target.getOutputStream());
            out.writeInt(rest.length + Integer.BYTES);
            out.write(rest);
            out.flush();
            Thread.startVirtualThread(() -> copy(target, client));
            copy(client, target);
        } catch (IOException gone) {
            // One side has closed.
        }
    }

    private static byte[] withoutOptions(byte[] message) {
        var rest = ByteBuffer.allocate(message.length).put(message, 0, VERSION_BYTES);
        var words = new String(message, VERSION_BYTES, message.length - VERSION_BYTES, StandardCharsets.US_ASCII)
                .split("\0");
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (!words[i].equals("options")) {
                rest.put((words[i] + "\0" + words[i + 1] + "\0").getBytes(StandardCharsets.US_ASCII));
            }
        }
        rest.put((byte) 0);
        return Arrays.copyOf(rest.array(), rest.position());
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException gone) {
            // One side has closed.
        }
        try {
            to.close();
        } catch (IOException gone) {
            // It was closed.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
