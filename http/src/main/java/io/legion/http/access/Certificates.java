package io.legion.http.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;

/// The certificates in a PEM file.
final class Certificates {
    private Certificates() {}

    /// @throws IllegalArgumentException if there are none
    static List<Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            List<Certificate> all =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (all.isEmpty()) {
                throw new IllegalArgumentException(file + " has no certificate in it");
            }
            return all;
        }
    }
}
