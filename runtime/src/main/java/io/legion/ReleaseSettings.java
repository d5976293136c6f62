package io.legion;

import io.legion.service.Configuration;
import io.legion.service.Default;

/// The release of the service that a node runs.
///
/// @param name what people call it, in logs and in the status: at most 100 characters; may be empty
/// @param hold true to keep the versions of partition types ([io.legion.core.PartitionType#version(int)]) as they are
///     until an operator orders a new one to become active. One node that says so is enough for the cluster
public record ReleaseSettings(
        @Default("") String name, @Default("false") boolean hold) {
    private static final int MOST_NAME_CHARS = 100;

    /// @throws IllegalArgumentException if the name is too long
    public ReleaseSettings {
        if (name.length() > MOST_NAME_CHARS) {
            throw new IllegalArgumentException("the name of a release has at most " + MOST_NAME_CHARS + " characters");
        }
    }

    /// The defaults: without a name, and versions become active once all nodes run them.
    public static ReleaseSettings defaults() {
        return Configuration.defaults(ReleaseSettings.class);
    }

    /// These settings with another [#name()].
    public ReleaseSettings withName(String value) {
        return Configuration.with(this, "name", value);
    }

    /// These settings with another [#hold()].
    public ReleaseSettings withHold(boolean value) {
        return Configuration.with(this, "hold", value);
    }
}
