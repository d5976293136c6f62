package io.legion.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A secret that a setting gives itself or by the file that holds it.
final class SecretFile {
    private SecretFile() {}

    /// The secret; null if neither is given.
    ///
    /// @throws IllegalArgumentException if the file cannot be read, or the secret is empty
    static @Nullable String read(String name, @Nullable String given, @Nullable Path file) {
        var secret = file == null ? given : line(name, file);
        if (secret != null && secret.isEmpty()) {
            throw new IllegalArgumentException(
                    name + " is empty" + (file == null ? "." : " in the file " + file + "."));
        }
        return secret;
    }

    private static String line(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    name + " cannot be read from " + file + " (" + unreadable
                            + "): create that file with the secret in it.",
                    unreadable);
        }
    }
}
