package io.legion.cluster.jgroups.wire;

import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.address.HostPort;
import io.legion.core.NodeId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.function.Supplier;
import org.jgroups.JChannel;
import org.jgroups.protocols.FD_ALL3;
import org.jgroups.protocols.FRAG4;
import org.jgroups.protocols.MERGE3;
import org.jgroups.protocols.MFC;
import org.jgroups.protocols.PerDestinationBundler;
import org.jgroups.protocols.UFC;
import org.jgroups.protocols.UNICAST3;
import org.jgroups.protocols.VERIFY_SUSPECT2;
import org.jgroups.protocols.pbcast.NAKACK2;
import org.jgroups.protocols.pbcast.STABLE;

/// JGroups' protocols as Legion uses them. JGroups finds nodes and tells them of each other; [TcpWire] keeps the
/// connections, and [io.legion.cluster.jgroups.link.Link] carries the frames.
///
/// The values were measured; all others are JGroups' defaults.
public final class Stack {

    private static final int CONNECT_MILLIS = 500;
    private static final int BUNDLE_BYTES = 64 * 1024;
    private static final int FRAGMENT_BYTES = 60 * 1024;
    private static final int CREDITS = 4 * 1024 * 1024;
    private static final int MOST_THREADS = 200;

    private Stack() {}

    /// The channel over this wire; it is not connected yet.
    ///
    /// @param addresses where nodes may be, asked for whenever JGroups looks for them
    /// @throws IllegalArgumentException if a host cannot be resolved or the keys cannot be used
    public static JChannel channel(
            JGroupsCluster.Config config, NodeId node, TcpWire wire, Supplier<Set<InetSocketAddress>> addresses)
            throws Exception {
        transport(config, wire);
        long joinMillis = config.tls() == null ? 1_000 : 3_000;
        var discoverer = new Discoverer(addresses);
        discoverer.portRange(0);
        discoverer.asyncDiscovery(true);
        // Whichever node coordinates, one node found must lead to all others.
        discoverer.returnEntireCache(true);
        var reliable = new NAKACK2();
        reliable.useMcastXmit(false);
        var channel = new JChannel(
                wire,
                discoverer,
                new MERGE3().setMinInterval(1_000).setMaxInterval(3_000),
                new FD_ALL3().setTimeout(6_000).setInterval(1_500),
                new VERIFY_SUSPECT2().setTimeout(1_000),
                reliable,
                new UNICAST3(),
                new STABLE().setDesiredAverageGossip(50_000).setMaxBytes(CREDITS),
                new GroupMembership()
                        .printLocalAddress(false)
                        .setJoinTimeout(joinMillis)
                        .setLeaveTimeout(500)
                        .setMaxJoinAttempts(3)
                        .setMergeTimeout(3_000),
                new UFC().setMaxCredits(CREDITS),
                new MFC().setMaxCredits(CREDITS),
                new FRAG4().setFragSize(FRAGMENT_BYTES));
        // JGroups has put its system properties in their place, which somebody else in this process may have set.
        addresses(config, wire);
        channel.setName(node.toString());
        channel.setDiscardOwnMessages(true);
        return channel;
    }

    /// Where the node listens, and where others reach it.
    private static void addresses(JGroupsCluster.Config config, TcpWire tcp) {
        var listen = HostPort.parse("listen", config.listen());
        tcp.setBindAddress(resolved(listen)).setBindPort(listen.port()).setPortRange(0);
        var advertised = config.advertise() == null ? null : HostPort.parse("advertise", config.advertise());
        tcp.setExternalAddr(advertised == null ? null : resolved(advertised));
        tcp.setExternalPort(advertised == null ? 0 : advertised.port());
    }

    private static void transport(JGroupsCluster.Config config, TcpWire tcp) {
        addresses(config, tcp);
        // A thread for each peer: a peer that does not read must not keep JGroups from the others.
        var bundler = new PerDestinationBundler();
        bundler.useSingleSenderThread(false).setMaxSize(BUNDLE_BYTES);
        tcp.setBundler(bundler);
        tcp.setMaxLength(WireFormat.LONGEST);
        tcp.tcpNodelay(true);
        tcp.setSockConnTimeout(CONNECT_MILLIS);
        tcp.enableSuspectEvents(true);
        tcp.logDetails(false);
        tcp.useVirtualThreads(false);
        tcp.getThreadPool().setMinThreads(0).setMaxThreads(MOST_THREADS);
    }

    private static InetAddress resolved(HostPort place) {
        var addresses = place.addresses();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("the host " + place.host() + " cannot be resolved");
        }
        return addresses.getFirst();
    }
}
