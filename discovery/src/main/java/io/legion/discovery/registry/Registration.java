package io.legion.discovery.registry;

import io.legion.core.Tag;
import org.jspecify.annotations.Nullable;

/// What the registry has of one instance: the state of its partition.
///
/// Clients that follow the registry ask what changed lately, removals included. So an instance that leaves stays
/// for a while as a removed one; the answer is then right on every node and after every restart.
public sealed interface Registration {
    /// Nothing: it never registered, or it was removed so long ago that nobody asks for it. This state takes no
    /// space.
    record Absent() implements Registration {}

    /// It is in the registry.
    ///
    /// @param lease its place there
    record Listed(Lease lease) implements Registration {}

    /// It was cancelled, or its lease ended.
    ///
    /// @param lease its place as it was; `times.changed` says when it was removed
    record Removed(Lease lease) implements Registration {}

    /// How long a removed instance stays, in milliseconds: as long as Eureka's delta reaches back.
    long KEEP_REMOVED_MILLIS = 180_000;

    /// The lease of an instance that is in the registry, or null.
    default @Nullable Lease listed() {
        return this instanceof Listed(var lease) ? lease : null;
    }

    /// True if this is the version of what lists show of it.
    default boolean hasVersion(Tag version) {
        return switch (this) {
            case Absent _ -> false;
            case Listed(var lease) -> Version.listed(lease).equals(version);
            case Removed(var lease) -> Version.removed(lease).equals(version);
        };
    }
}
