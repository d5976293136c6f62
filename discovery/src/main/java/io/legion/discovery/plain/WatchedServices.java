package io.legion.discovery.plain;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.CRC32;

/// Which services a watcher follows: those with these names, or all if there are none.
///
/// @param text short, and another one for other services, but for one case in four thousand million: a client that
///     comes back for others has not heard of what these had before
record WatchedServices(Set<String> names, String text) implements Predicate<String> {
    static final WatchedServices ALL = of(Set.of());

    static WatchedServices of(Set<String> names) {
        var crc = new CRC32();
        new TreeSet<>(names).forEach(name -> crc.update((name + "\n").getBytes(StandardCharsets.UTF_8)));
        return new WatchedServices(names, Long.toHexString(crc.getValue()));
    }

    @Override
    public boolean test(String service) {
        return names.isEmpty() || names.contains(service);
    }
}
