package io.legion.discovery.registry;

/// A port of an instance.
///
/// @param number 0 to 65535
/// @param enabled whether the instance listens there
public record Port(int number, boolean enabled) {
    /// Checks the number.
    public Port {
        if (number < 0 || number > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535, not " + number);
        }
    }
}
