package io.legion.cluster.jgroups.wire;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jgroups.Address;
import org.jgroups.blocks.cs.TcpConnection;
import org.jgroups.util.Util;

/// A connection that this node makes, secured and introduced within a time.
final class OutgoingConnection extends TcpConnection implements Abortable {
    private final Address to;

    OutgoingConnection(Address to, PeerServer server) throws Exception {
        super(to, server);
        this.to = to;
    }

    @Override
    protected void connect(Address dest, boolean withLocalAddress) throws Exception {
        var deadline = new Deadline(PeerServer.PATIENCE, () -> Util.close(sock));
        try (deadline) {
            super.connect(dest, withLocalAddress);
        } catch (IOException failed) {
            throw deadline.missed() ? late(failed) : failed;
        }
    }

    @Override
    public void abort() {
        Abortable.abort(sock);
    }

    private IOException late(IOException cause) {
        var late = new SocketTimeoutException(
                to + " took the connection and did not secure it within " + PeerServer.PATIENCE.toSeconds() + " s");
        late.initCause(cause);
        return late;
    }
}
