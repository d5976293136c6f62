package io.legion.discovery.registry;

import java.util.Locale;

/// Whether an instance takes traffic.
public enum Status {
    /// Takes traffic.
    UP,
    /// Does not: its health check failed.
    DOWN,
    /// Not yet.
    STARTING,
    /// Not now: taken out by an operator.
    OUT_OF_SERVICE,
    /// Not known; as an override: there is none.
    UNKNOWN;

    /// The status of this name in any case, or [#UNKNOWN]: clients newer than this registry may have others.
    public static Status lenient(String name) {
        for (var status : values()) {
            if (status.name().equals(name.toUpperCase(Locale.ROOT))) {
                return status;
            }
        }
        return UNKNOWN;
    }
}
