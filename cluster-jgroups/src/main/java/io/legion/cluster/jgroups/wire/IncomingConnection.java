package io.legion.cluster.jgroups.wire;

import java.net.Socket;
import org.jgroups.blocks.cs.TcpConnection;

/// A connection that another node has made. Reads who that is.
final class IncomingConnection extends TcpConnection implements Abortable {
    IncomingConnection(Socket secured, PeerServer server) throws Exception {
        super(secured, server);
    }

    @Override
    public void abort() {
        Abortable.abort(sock);
    }
}
