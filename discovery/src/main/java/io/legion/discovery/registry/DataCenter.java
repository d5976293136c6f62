package io.legion.discovery.registry;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where an instance runs.
///
/// @param name `MyOwn`, `Netflix` or `Amazon`
/// @param metadata what an Amazon data center tells of the instance
public record DataCenter(String name, SortedMap<String, String> metadata) {
    /// The data center of an instance that has no opinion.
    public static final DataCenter MY_OWN = new DataCenter("MyOwn", Collections.emptySortedMap());

    /// Copies the map.
    public DataCenter {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
