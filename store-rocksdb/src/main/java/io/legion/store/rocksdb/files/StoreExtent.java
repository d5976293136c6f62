package io.legion.store.rocksdb.files;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How far the engine's files go. All of it only grows: the engine numbers every change, and appends to its
/// manifest, which lists its tables, until it begins another manifest under a higher number.
///
/// The number alone is not enough. With a shortened manifest the engine forgets tables, and while it writes a
/// table there are two logs: the later one ends where it ended, however much of the earlier one is left.
///
/// @param sequence the number of the last change
/// @param manifest the name of the manifest
/// @param manifestBytes how long it is
/// @param logs how long each log is that a later one continues
public record StoreExtent(long sequence, String manifest, long manifestBytes, SortedMap<String, Long> logs) {

    private static final String NAME = "MANIFEST-";
    private static final String LOG = "log.";

    public StoreExtent {
        if (!manifest.matches(NAME + "\\d{1,18}")) {
            throw new IllegalArgumentException("'" + manifest + "' is not the name of a manifest");
        }
    }

    /// True if nothing is missing of what was there at `floor`. An opening begins another manifest, and the
    /// engine removes logs that it needs no more.
    public boolean reaches(StoreExtent floor) {
        return sequence >= floor.sequence
                && reachesManifest(floor)
                && floor.logs.entrySet().stream()
                        .allMatch(log -> logs.getOrDefault(log.getKey(), Long.MAX_VALUE) >= log.getValue());
    }

    private boolean reachesManifest(StoreExtent floor) {
        return number() == floor.number() ? manifestBytes >= floor.manifestBytes : number() > floor.number();
    }

    private long number() {
        return Long.parseLong(manifest.substring(NAME.length()));
    }

    /// As lines of `name=value`.
    String toText() {
        var text = new StringBuilder(
                "sequence=" + sequence + "\nmanifest=" + manifest + "\nmanifestBytes=" + manifestBytes + "\n");
        logs.forEach((log, bytes) ->
                text.append(LOG).append(log).append('=').append(bytes).append('\n'));
        return text.toString();
    }

    /// Reads the lines of [#toText()] among others; empty if they are not there.
    ///
    /// @throws IllegalArgumentException if they are something else
    static Optional<StoreExtent> parse(Map<String, String> values) {
        var manifest = values.get("manifest");
        if (manifest == null) {
            return Optional.empty();
        }
        var logs = new TreeMap<String, Long>();
        values.forEach((name, value) -> {
            if (name.startsWith(LOG)) {
                logs.put(name.substring(LOG.length()), Long.parseLong(value));
            }
        });
        return Optional.of(new StoreExtent(
                Long.parseLong(values.getOrDefault("sequence", "")),
                manifest,
                Long.parseLong(values.getOrDefault("manifestBytes", "")),
                logs));
    }

    /// For people: the number, and the files that have one.
    @Override
    public String toString() {
        return "change " + sequence + " (" + manifest + " with " + manifestBytes + " bytes"
                + (logs.isEmpty() ? "" : ", logs " + logs) + ")";
    }
}
