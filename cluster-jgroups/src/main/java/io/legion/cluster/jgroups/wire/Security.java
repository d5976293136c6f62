package io.legion.cluster.jgroups.wire;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jgroups.util.DefaultSocketFactory;
import org.jgroups.util.SocketFactory;
import org.jspecify.annotations.Nullable;

/// How connections are secured: by TLS, or not at all.
///
/// @param context of TLS; null leaves connections plain
record Security(@Nullable SSLContext context) {
    private static final byte HANDSHAKE = 22;
    private static final int RECORD_HEADER = 5;
    private static final int MOST_RECORD = 1 << 14;

    /// Makes the sockets of connections to others.
    SocketFactory outgoing() {
        return context == null ? new DefaultSocketFactory() : new DefaultSocketFactory(context);
    }

    boolean isPlain() {
        return context == null;
    }

    /// Secures a connection that another process has made. Blocks until the other side has shown a certificate.
    ///
    /// @param hello what was read of it already
    /// @throws IOException if the other side has no certificate that is trusted
    Socket secured(Socket socket, InputStream hello) throws IOException {
        var secured =
                (SSLSocket) Objects.requireNonNull(context).getSocketFactory().createSocket(socket, hello, true);
        var parameters = secured.getSSLParameters();
        parameters.setProtocols(new String[] {TlsKeys.VERSION});
        parameters.setNeedClientAuth(true);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /// Reads the first record of a handshake, as it comes. Nothing is set up for it before it is here.
    ///
    /// @throws IOException if the other side does not speak TLS
    static InputStream hello(Socket socket) throws IOException {
        var in = socket.getInputStream();
        byte[] header = in.readNBytes(RECORD_HEADER);
        if (header.length < RECORD_HEADER) {
            throw new EOFException();
        }
        int length = (header[3] & 0xff) << 8 | (header[4] & 0xff);
        if (header[0] != HANDSHAKE || length > MOST_RECORD) {
            throw new IOException("it does not speak TLS");
        }
        return new SequenceInputStream(
                new ByteArrayInputStream(header), new ByteArrayInputStream(in.readNBytes(length)));
    }
}
