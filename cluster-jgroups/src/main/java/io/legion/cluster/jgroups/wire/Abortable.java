package io.legion.cluster.jgroups.wire;

import java.net.Socket;
import java.net.SocketException;
import org.jgroups.util.Util;

/// A connection that ends at once, whatever its peer does. To close it in order may take for ever: TLS says
/// good-bye, and a peer that does not read takes no good-bye.
interface Abortable {

    /// Ends it. Threads that wait for the peer, even to say good-bye, wait no more.
    void abort();

    /// Ends a socket.
    static void abort(Socket socket) {
        try {
            // By this TLS does not wait for a thread that writes, and leaves the good-bye out.
            socket.setSoLinger(true, 0);
        } catch (SocketException closed) {
            // That is what this is for.
        }
        Util.close(socket);
    }
}
