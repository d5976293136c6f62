package io.legion.http.access;

import io.legion.service.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/// The authorities whose certificates let a client in.
final class ClientAuthority {
    private ClientAuthority() {}

    /// @throws IllegalArgumentException if the file cannot be used: the message says which, and why
    static KeyStore read(Path file) {
        try {
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            int number = 0;
            for (var certificate : PemFiles.certificates(file)) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            return trusted;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "clientAuthority cannot be used: " + unusable.getMessage()
                            + ": name a file with the certificates of the authorities (PEM).",
                    unusable);
        }
    }
}
