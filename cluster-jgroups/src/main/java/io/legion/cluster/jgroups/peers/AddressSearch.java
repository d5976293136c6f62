package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.link.Greeting;
import io.legion.cluster.jgroups.wire.TcpWire;
import io.legion.service.Logger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;

/// Greets every address at which a node may be: the configured and the named ones, and those of JGroups' view.
/// It tries an address where nobody answers less and less often.
final class AddressSearch {

    /// From one look to the next.
    static final Duration INTERVAL = Duration.ofMillis(500);

    private final Contacts contacts;
    private final Peers peers;
    private final Unanswered unanswered;
    private final TcpWire wire;
    private final Logger logger;
    private final Attempts attempts = new Attempts();

    AddressSearch(Contacts contacts, Peers peers, Unanswered unanswered, TcpWire wire, Logger logger) {
        this.contacts = contacts;
        this.peers = peers;
        this.unanswered = unanswered;
        this.wire = wire;
        this.logger = logger;
    }

    /// Looks once, and greets on threads of their own, because connecting waits.
    void once() {
        try {
            long now = System.nanoTime();
            var told = new HashSet<Address>();
            for (var place : everywhere()) {
                told.add(new IpAddress(place.getAddress(), place.getPort()));
            }
            attempts.keep(told);
            for (var address : told) {
                if (!address.equals(wire.here()) && !peers.knows(address) && attempts.isDue(address, now)) {
                    peers.threads().execute(() -> greet(address));
                }
            }
        } catch (RuntimeException failed) {
            logger.error("The search for other nodes failed: " + failed, failed);
        }
    }

    /// Where nodes may be, as far as is known now. May wait for the name service.
    Set<InetSocketAddress> everywhere() {
        var all = contacts.addresses();
        for (var member : wire.group()) {
            if (wire.getPhysicalAddressFromCache(member) instanceof IpAddress address) {
                all.add(new InetSocketAddress(address.getIpAddress(), address.getPort()));
            }
        }
        return all;
    }

    private void greet(Address address) {
        try {
            wire.send(address, peers.introduction(Greeting.Stance.INTRODUCTION));
        } catch (SSLException notSecured) {
            unanswered.notSecured(address, notSecured);
            logger.debug(() -> "Not secured with " + address + ": " + notSecured);
        } catch (Exception nobody) {
            logger.debug(() -> "Nobody at " + address + " yet: " + nobody);
        }
    }
}
