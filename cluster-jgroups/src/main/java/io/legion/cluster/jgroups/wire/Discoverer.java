package io.legion.cluster.jgroups.wire;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jgroups.Address;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.TCPPING;
import org.jgroups.util.Responses;

/// JGroups' discovery by a list of addresses that may change.
final class Discoverer extends TCPPING {

    private final Supplier<Set<InetSocketAddress>> addresses;

    Discoverer(Supplier<Set<InetSocketAddress>> addresses) {
        this.addresses = addresses;
        setId(ClassConfigurator.getProtocolId(TCPPING.class));
        initial_hosts_set_programmatically = true;
    }

    /// Sends over TCP wait: JGroups then sends on threads of its pool, as over its own TCP transport.
    @Override
    public void init() throws Exception {
        super.init();
        sends_can_block = true;
    }

    /// Lets the transport listen on a port that the system chooses.
    @Override
    public boolean isDynamic() {
        return true;
    }

    @Override
    public void findMembers(List<Address> members, boolean initialDiscovery, Responses responses) {
        var found = addresses.get();
        if (!found.isEmpty()) {
            setInitialHosts(found);
        }
        super.findMembers(members, initialDiscovery, responses);
    }
}
