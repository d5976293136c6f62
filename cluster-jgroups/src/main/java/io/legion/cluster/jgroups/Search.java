package io.legion.cluster.jgroups;

import io.legion.service.Logger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;

/// Greets every address at which a node may be: those that are configured and named, and those of JGroups' view. An
/// address where nobody answers is tried less and less often.
final class Search {

    /// From one look to the next.
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final long SLOWEST_NANOS = Duration.ofSeconds(4).toNanos();

    private final Contacts contacts;
    private final Peers peers;
    private final Unanswered unanswered;
    private final Wire wire;
    private final Logger logger;
    private final Map<Address, Attempt> attempts = new ConcurrentHashMap<>();

    /// When an address is tried again, and how long to wait after that.
    private record Attempt(long next, long pause) {}

    Search(Contacts contacts, Peers peers, Unanswered unanswered, Wire wire, Logger logger) {
        this.contacts = contacts;
        this.peers = peers;
        this.unanswered = unanswered;
        this.wire = wire;
        this.logger = logger;
    }

    /// Looks once, and greets with threads of their own, since connecting waits.
    void once() {
        try {
            long now = System.nanoTime();
            for (var place : everywhere()) {
                var address = new IpAddress(place.getAddress(), place.getPort());
                if (!address.equals(wire.here()) && !peers.knows(address) && isDue(address, now)) {
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

    private boolean isDue(Address address, long now) {
        var before = attempts.get(address);
        if (before != null && now - before.next() < 0) {
            return false;
        }
        long pause = before == null ? INTERVAL.toNanos() : Math.min(before.pause() * 2, SLOWEST_NANOS);
        attempts.put(address, new Attempt(now + pause, pause));
        return true;
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
