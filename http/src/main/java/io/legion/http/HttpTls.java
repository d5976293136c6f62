package io.legion.http;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The server's key and certificate, either in a key store or as two PEM files. The server reads them anew
/// when a file changes.
///
/// @param keyStore the key and its certificates (PKCS 12 or JKS)
/// @param keyStorePassword its password, unless `keyStorePasswordFile` is given
/// @param keyStorePasswordFile a file that holds it
/// @param certificate the certificate, and those that lead to a known authority after it (PEM)
/// @param key its key (PEM, PKCS 8, not encrypted)
public record HttpTls(
        @Nullable Path keyStore,
        @Nullable String keyStorePassword,
        @Nullable Path keyStorePasswordFile,
        @Nullable Path certificate,
        @Nullable Path key) {

    /// @throws IllegalArgumentException if something is missing or given twice
    public HttpTls {
        if ((keyStore == null) == (certificate == null)) {
            throw new IllegalArgumentException("give either keyStore, or certificate and key.");
        }
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("certificate and key go together: give both, or a keyStore.");
        }
        boolean one = (keyStorePassword == null) != (keyStorePasswordFile == null);
        if (keyStore != null && !one) {
            throw new IllegalArgumentException("give either keyStorePassword or keyStorePasswordFile.");
        }
        if (keyStore == null && (keyStorePassword != null || keyStorePasswordFile != null)) {
            throw new IllegalArgumentException("a password of a key store is given, but no keyStore.");
        }
    }

    /// Without the password.
    @Override
    public String toString() {
        return "HttpTls[keyStore=" + keyStore + ", certificate=" + certificate + ", key=" + key + "]";
    }
}
