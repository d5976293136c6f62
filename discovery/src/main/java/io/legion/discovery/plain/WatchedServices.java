package io.legion.discovery.plain;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/// Which services a watcher follows: those with these names, or all if there are none.
record WatchedServices(Set<String> names) implements Predicate<String> {
    static final WatchedServices ALL = new WatchedServices(Set.of());

    @Override
    public boolean test(String service) {
        return names.isEmpty() || names.contains(service);
    }

    /// A short text that other services do not have: a client that comes back for others has not heard of what these
    /// had before.
    String text() {
        var crc = new CRC32();
        new TreeSet<>(names).forEach(name -> crc.update((name + "\n").getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(crc.getValue());
    }
}
