package io.legion.http.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A connection on which a test writes and reads bytes as it likes.
final class RawClient implements AutoCloseable {
    /// Longer than any deadline in these tests: a server that keeps a connection this long has failed.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket;

    private RawClient(Socket socket) {
        this.socket = socket;
    }

    static RawClient connect(int port) {
        return connect(port, 0);
    }

    static RawClient connect(int port, int receiveBuffer) {
        return connect(InetAddress.getLoopbackAddress().getHostAddress(), port, receiveBuffer);
    }

    /// @param receiveBuffer bytes; 0 leaves it to the system
    static RawClient connect(String host, int port, int receiveBuffer) {
        try {
            var socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(host, port));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            return new RawClient(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Socket socket() {
        return socket;
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Sends, or does nothing if the server has closed.
    boolean trySend(String text) {
        try {
            send(text);
            return true;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    /// Says that nothing more comes.
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException closed) {
            // Then nothing can come either.
        }
    }

    /// All that comes until the server closes.
    String untilClosed() {
        var read = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(read);
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("the server keeps the connection open after: " + read, open);
        } catch (IOException reset) {
            // As good as closed.
        }
        return read.toString(StandardCharsets.ISO_8859_1);
    }

    /// What comes until this text has come.
    String until(String end) {
        var read = new StringBuilder();
        try {
            var in = socket.getInputStream();
            while (read.indexOf(end) < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new AssertionError("the server closed after: " + read);
                }
                read.append((char) b);
            }
            return read.toString();
        } catch (IOException failure) {
            throw new AssertionError("broke off after: " + read, failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
