package io.legion.discovery.service;

import java.util.Locale;

/// Names of applications as they come in requests.
public final class RegistryNames {
    private RegistryNames() {}

    /// The name in the form in which it is a partition's key: upper case, as Eureka has it.
    public static String canonical(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
