package io.legion.discovery.service;

import java.util.Locale;

/// Names of applications as they come in requests.
public final class RegistryNames {
    private RegistryNames() {}

    /// The name as a partition's key: in upper case, as in Eureka.
    public static String canonical(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
