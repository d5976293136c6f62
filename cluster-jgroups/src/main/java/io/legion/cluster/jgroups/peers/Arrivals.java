package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.link.Greeting;
import io.legion.cluster.jgroups.link.Parcel;
import io.legion.cluster.jgroups.link.TypeTexts;
import io.legion.cluster.jgroups.wire.MessageInput;
import io.legion.cluster.jgroups.wire.TcpWire;
import io.legion.cluster.jgroups.wire.WireFormat;
import io.legion.spi.Cluster;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jgroups.Address;

/// Gives what arrives to the [Link] of its sender, and keeps out processes that do not belong.
final class Arrivals implements TcpWire.Ear {

    private final Peers peers;
    private final Unanswered unanswered;
    private final Cluster.Self self;
    private final int mostFrameBytes;

    Arrivals(Peers peers, Unanswered unanswered, Cluster.Self self, int mostFrameBytes) {
        this.peers = peers;
        this.unanswered = unanswered;
        this.self = self;
        this.mostFrameBytes = mostFrameBytes;
    }

    @Override
    public void heard(Address from, DataInput in, int length) throws IOException {
        byte kind = in.readByte();
        int rest = length - Byte.BYTES;
        switch (kind) {
            case WireFormat.GREETING -> heard(from, greeting(in, rest));
            case WireFormat.PARCEL -> heard(Parcel.read(in, rest, mostFrameBytes));
            default -> throw new IOException("a message of the unknown kind " + kind + " from " + from);
        }
    }

    private static Greeting greeting(DataInput in, int length) throws IOException {
        if (length > WireFormat.PARCEL_BYTES) {
            throw new IOException("a greeting of " + length + " bytes");
        }
        return Greeting.read(new DataInputStream(new ByteArrayInputStream(MessageInput.bytes(in, length))));
    }

    private void heard(Parcel parcel) {
        var link = peers.link(parcel.to());
        if (link != null) {
            link.received(parcel);
        }
    }

    private void heard(Address from, Greeting greeting) throws IOException {
        unanswered.heard(from);
        var node = greeting.node();
        if (node.equals(self.node())) {
            if (!peers.isOwn(greeting)) {
                peers.listener().refuse(node, Admission.sameId(node, from));
            }
            return;
        }
        var refusal = refusal(from, greeting);
        refusal.ifPresent(reason -> peers.listener().refuse(node, reason));
        if (greeting.version() != Greeting.VERSION) {
            return;
        }
        if (greeting.stance() == Greeting.Stance.TWIN) {
            peers.listener().keptOutAsTwin(Admission.keptOut(self.node(), from, greeting));
            return;
        }
        var link = peers.link(from, greeting, System.nanoTime());
        if (link == null) {
            return;
        }
        if (link.isTwin(from, greeting)) {
            peers.listener().refuse(node, Admission.twin(link.address(), from, greeting));
            tellTwin(from);
            return;
        }
        if (refusal.isEmpty()) {
            peers.displaceOthers(link, from);
        }
        link.greeted(from, greeting, refusal.isEmpty());
    }

    private Optional<Admission> refusal(Address from, Greeting greeting) throws IOException {
        var refusal = Admission.refusal(self, peers.cluster(), from, greeting);
        boolean sameTypes =
                greeting.version() != Greeting.VERSION || greeting.types().equals(peers.types());
        return refusal.isPresent() || sameTypes
                ? refusal
                : Admission.foreign(self, from, greeting, TypeTexts.read(greeting.types()));
    }

    private void tellTwin(Address to) {
        peers.threads().execute(() -> {
            try {
                peers.wire().send(to, peers.introduction(Greeting.Stance.TWIN));
            } catch (Exception unreachable) {
                peers.logger().debug(() -> "Can not tell " + to + " that it is refused: " + unreachable);
            }
        });
    }

    @Override
    public void closed(Address peer) {
        boolean known = false;
        for (var link : peers.links()) {
            if (link.address().equals(peer)) {
                known = true;
                link.probe();
            }
        }
        if (!known && peers.cluster() == null) {
            unanswered.ended(peer);
        }
    }

    @Override
    public Set<Address> kept() {
        var kept = new HashSet<Address>();
        for (var link : peers.links()) {
            if (link.reachable()) {
                kept.add(link.address());
            }
        }
        return kept;
    }
}
