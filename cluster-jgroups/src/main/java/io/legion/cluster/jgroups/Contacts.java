package io.legion.cluster.jgroups;

import io.legion.service.Logger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where other nodes may be found: what is configured, read anew each time, and what the caller has named.
final class Contacts {

    private final @Nullable Discovery discovery;
    private final List<HostPort> named;
    private final Logger logger;
    private volatile String complaint = "";

    /// @throws IllegalArgumentException if one of `named` is not host:port
    Contacts(@Nullable Discovery discovery, List<String> named, Logger logger) {
        this.discovery = discovery;
        this.named =
                named.stream().map(text -> HostPort.parse("A contact", text)).toList();
        this.logger = logger;
    }

    /// All addresses that can be found out now. May wait for the name service.
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

    private static void resolve(Stream<HostPort> places, Set<InetSocketAddress> into) {
        places.forEach(place -> {
            for (var address : place.addresses()) {
                into.add(new InetSocketAddress(address, place.port()));
            }
        });
    }

    private List<InetSocketAddress> ask(Discovery.Dns dns) {
        try {
            var found = Arrays.stream(InetAddress.getAllByName(dns.name()))
                    .map(address -> new InetSocketAddress(address, dns.port()))
                    .toList();
            complaint = "";
            return found;
        } catch (UnknownHostException unknown) {
            complain("The name " + dns.name() + " can not be resolved; trying again.");
            return List.of();
        }
    }

    private List<HostPort> read(Path file) {
        try (var lines = Files.lines(file)) {
            var found = lines.map(Contacts::withoutComment)
                    .filter(line -> !line.isEmpty())
                    .map(this::parsed)
                    .filter(Objects::nonNull)
                    .toList();
            return found;
        } catch (IOException | java.io.UncheckedIOException failed) {
            complain("The addresses in " + file + " can not be read; trying again: " + failed);
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
            complain(wrong.getMessage());
            return null;
        }
    }

    /// Warns, but not of the same thing again and again.
    private void complain(@Nullable String what) {
        if (what != null && !what.equals(complaint)) {
            complaint = what;
            logger.warning(what);
        }
    }
}
