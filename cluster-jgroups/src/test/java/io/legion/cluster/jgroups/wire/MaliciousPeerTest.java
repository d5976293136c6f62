package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.Nodes;
import io.legion.cluster.jgroups.address.HostPort;
import io.legion.core.Bytes;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.JChannel;
import org.jgroups.ObjectMessage;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.TCP;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

/// Who can reach the port of a node must not be able to run something in it.
final class MaliciousPeerTest {

    private static final AtomicInteger EXPLODED = new AtomicInteger();

    /// Deserializing it runs something.
    static final class Bomb implements Serializable {

        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            EXPLODED.incrementAndGet();
        }
    }

    @Test
    void anObjectOfAPeerThatHasJoinedIsNotDeserialized() throws Exception {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            var two = nodes.start(2, JGroupsCluster.Config.of("127.0.0.1:0"), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            try (var peer = join(one.address())) {
                Nodes.await(
                        "the peer is in a view with others",
                        () -> peer.getView().size() > 1);
                for (var member : peer.getView().getMembersRaw()) {
                    if (!member.equals(peer.getAddress())) {
                        peer.send(new ObjectMessage(member, new Bomb()));
                    }
                }
                peer.send(new ObjectMessage(null, new Bomb()).setFlag(org.jgroups.Message.Flag.OOB));
                // JGroups sends again what is not acknowledged: there is time for it to explode.
                for (int i = 0; i < 20; i++) {
                    var frame = Bytes.of("frame " + i);
                    Nodes.await("there is room", () -> one.cluster().send(two.node(), frame));
                    Nodes.await(frame.text(), () -> two.frames().contains(frame));
                }
            }
        }
        assertThat(EXPLODED).hasValue(0);
        assertThat(explodes()).as("the bomb works").isTrue();
    }

    @Test
    void garbageAndOversizeDoNotHurt() throws Exception {
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            for (int length : new int[] {Integer.MAX_VALUE, WireFormat.LONGEST + 1, 100, 3, 0, -5}) {
                shout(one.address(), length);
            }

            var two = nodes.start(2, JGroupsCluster.Config.of("127.0.0.1:0"), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            assertThat(one.cluster().members()).containsExactly(two.node());
        }
    }

    /// A connection that begins well, and then says something wrong.
    private static void shout(String address, int length) throws IOException {
        var at = HostPort.parse("address", address);
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(at.addresses().getFirst(), at.port()));
            var out = new DataOutputStream(socket.getOutputStream());
            out.write(new byte[] {'b', 'e', 'l', 'a'});
            out.writeShort(org.jgroups.Version.version);
            var me = new IpAddress(InetAddress.getLoopbackAddress(), 1);
            out.writeShort(me.serializedSize());
            me.writeTo(out);
            out.writeInt(length);
            out.writeShort(WireFormat.MAGIC);
            out.write(WireFormat.PARCEL);
            out.write(new byte[200]);
            out.flush();
        } catch (java.net.SocketException closedByTheNode) {
            assertThat(closedByTheNode).hasMessageNotContaining("refused");
        }
    }

    /// A member of the group that runs JGroups as it comes.
    private static JChannel join(String address) throws Exception {
        var contact = HostPort.parse("address", address);
        var tcp = new TCP();
        tcp.setBindAddress(InetAddress.getLoopbackAddress()).setBindPort(0).setPortRange(0);
        var place = new InetSocketAddress(contact.addresses().getFirst(), contact.port());
        var discovery = new Discoverer(() -> Set.of(place));
        discovery.returnEntireCache(true);
        var reliable = new NAKACK2();
        reliable.useMcastXmit(false);
        var merging = new MERGE3().setMinInterval(500).setMaxInterval(1_000);
        return new JChannel(tcp, discovery, merging, reliable, new UNICAST3(), new GMS().setJoinTimeout(1_000))
                .connect("legion");
    }

    private static boolean explodes() throws Exception {
        var bytes = new java.io.ByteArrayOutputStream();
        new java.io.ObjectOutputStream(bytes).writeObject(new Bomb());
        new ObjectInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray())).readObject();
        return EXPLODED.get() == 1;
    }
}
