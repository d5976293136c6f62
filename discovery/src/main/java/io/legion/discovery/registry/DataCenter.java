package io.legion.discovery.registry;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where an instance runs.
///
/// @param name one of [#NAMES]
/// @param metadata what an Amazon data center tells of the instance
public record DataCenter(String name, SortedMap<String, String> metadata) {
    /// The name of Amazon's, the only one with metadata.
    public static final String AMAZON = "Amazon";

    /// All names. Netflix's clients have them as an enumeration: one instance with another name, and they can read
    /// no list that has it.
    public static final List<String> NAMES = List.of("MyOwn", AMAZON, "Netflix");

    /// The data center of an instance that has no opinion.
    public static final DataCenter MY_OWN = new DataCenter("MyOwn", Collections.emptySortedMap());

    /// Checks the name, and copies the map.
    ///
    /// @throws IllegalArgumentException if there is no data center of this name, or a name in the metadata is too
    ///     long
    public DataCenter {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "the name in dataCenterInfo is one of " + String.join(", ", NAMES) + ", not \"" + name + "\"");
        }
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        Instance.checkNames(metadata);
    }
}
