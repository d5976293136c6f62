package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.Discovery;
import io.legion.cluster.jgroups.address.HostPort;
import io.legion.service.Logger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where other nodes may be found: the configured places, read anew each time, and those that the caller names.
final class Contacts {

    private static final int MOST_COMPLAINTS = 64;

    private final @Nullable Discovery discovery;
    private final List<HostPort> named;
    private final Logger logger;

    /// What a warning was about, and has not been put right since.
    private final Set<String> complaints = Collections.synchronizedSet(new HashSet<>());

    /// @throws IllegalArgumentException if one of `named` is not host:port
    Contacts(@Nullable Discovery discovery, List<String> named, Logger logger) {
        this.discovery = discovery;
        this.named =
                named.stream().map(text -> HostPort.parse("A contact", text)).toList();
        this.logger = logger;
    }

    /// All addresses that can be found now. May wait for the name service.
    Set<InetSocketAddress> addresses() {
        var found = new LinkedHashSet<InetSocketAddress>();
        resolve(named.stream(), found);
        switch (discovery) {
            case null -> {}
            case Discovery.Static fixed ->
                resolve(fixed.addresses().stream().map(text -> HostPort.parse("An address", text)), found);
            case Discovery.Dns dns -> found.addAll(ask(dns));
            case Discovery.File file -> resolve(read(file.path()).stream(), found);
        }
        return found;
    }

    private void resolve(Stream<HostPort> places, Set<InetSocketAddress> into) {
        places.forEach(place -> {
            var addresses = place.addresses();
            tell(unresolved(place.host()), addresses.isEmpty());
            for (var address : addresses) {
                into.add(new InetSocketAddress(address, place.port()));
            }
        });
    }

    private List<InetSocketAddress> ask(Discovery.Dns dns) {
        try {
            var found = Arrays.stream(InetAddress.getAllByName(dns.name()))
                    .map(address -> new InetSocketAddress(address, dns.port()))
                    .toList();
            tell(unresolved(dns.name()), false);
            return found;
        } catch (UnknownHostException unknown) {
            tell(unresolved(dns.name()), true);
            return List.of();
        }
    }

    private static String unresolved(String name) {
        return "The name " + name + " cannot be resolved; trying again.";
    }

    private List<HostPort> read(Path file) {
        var unreadable = "The addresses in " + file + " cannot be read; trying again.";
        try (var lines = Files.lines(file)) {
            var found = lines.map(Contacts::withoutComment)
                    .filter(line -> !line.isEmpty())
                    .map(this::parsed)
                    .filter(Objects::nonNull)
                    .toList();
            tell(unreadable, false);
            return found;
        } catch (IOException | UncheckedIOException failed) {
            logger.debug(() -> "The addresses in " + file + " cannot be read: " + failed);
            tell(unreadable, true);
            return List.of();
        }
    }

    private static String withoutComment(String line) {
        int hash = line.indexOf('#');
        return (hash < 0 ? line : line.substring(0, hash)).strip();
    }

    private @Nullable HostPort parsed(String line) {
        try {
            return HostPort.parse("A line of the file of addresses", line);
        } catch (IllegalArgumentException wrong) {
            tell(String.valueOf(wrong.getMessage()), true);
            return null;
        }
    }

    /// Warns of what is wrong, once until it has been right again.
    private void tell(String complaint, boolean isWrong) {
        if (!isWrong) {
            complaints.remove(complaint);
        } else if (complaints.size() < MOST_COMPLAINTS && complaints.add(complaint)) {
            logger.warning(complaint);
        }
    }
}
