package io.legion.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Reads certificates and keys from PEM files. An [IllegalArgumentException] says which file cannot be used, and why.
public final class PemFiles {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> KINDS = List.of("EC", "RSA", "Ed25519", "Ed448");

    private PemFiles() {}

    /// The certificates of a file, at least one, in their order.
    ///
    /// @throws IOException if the file cannot be read
    public static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(file + " has no certificate in it");
            }
            return List.copyOf(certificates);
        }
    }

    /// The key of a file (PKCS 8, not encrypted).
    ///
    /// @throws IOException if the file cannot be read
    public static PrivateKey key(Path file) throws IOException {
        // No letter of another alphabet counts, so any bytes may be read.
        var matcher = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new IllegalArgumentException(file + " has no \"BEGIN PRIVATE KEY\" (PKCS 8, not encrypted) in it; "
                    + "\"openssl pkcs8 -topk8 -nodes\" writes other keys so");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (var kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (GeneralSecurityException anotherKind) {
                // The next kind may be right; if none is, the message below says so.
            }
        }
        throw new IllegalArgumentException(file + " has a key of none of the kinds " + String.join(", ", KINDS));
    }
}
