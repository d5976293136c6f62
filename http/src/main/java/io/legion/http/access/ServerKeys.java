package io.legion.http.access;

import io.legion.http.HttpTls;
import io.legion.service.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Objects;

/// Reads the server's key and certificate from the files of its settings.
///
/// @param store the key and its certificates
/// @param password that of the key
record ServerKeys(KeyStore store, String password) {
    private static final String IN_MEMORY = "";

    /// @throws IllegalArgumentException if the files cannot be used: the message says which, and why
    static ServerKeys read(HttpTls tls) {
        try {
            var read = tls.keyStore() != null
                    ? keyStore(tls, tls.keyStore())
                    : pem(Objects.requireNonNull(tls.certificate()), Objects.requireNonNull(tls.key()));
            read.requireKey();
            return read;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            throw new IllegalArgumentException(
                    "tls: the key and certificate cannot be used: " + unusable.getMessage() + " (" + tls + ")",
                    unusable);
        }
    }

    /// The files from which these settings read.
    static List<Path> files(HttpTls tls) {
        return tls.keyStore() != null
                ? List.of(tls.keyStore())
                : List.of(Objects.requireNonNull(tls.certificate()), Objects.requireNonNull(tls.key()));
    }

    private static ServerKeys keyStore(HttpTls tls, Path file) throws IOException, GeneralSecurityException {
        var password = Objects.requireNonNull(
                SecretFile.read("keyStorePassword", tls.keyStorePassword(), tls.keyStorePasswordFile()));
        return new ServerKeys(KeyStore.getInstance(file.toFile(), password.toCharArray()), password);
    }

    private static ServerKeys pem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        var chain = PemFiles.certificates(certificate).toArray(Certificate[]::new);
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", PemFiles.key(key), IN_MEMORY.toCharArray(), chain);
        return new ServerKeys(store, IN_MEMORY);
    }

    private void requireKey() throws GeneralSecurityException {
        for (var alias : java.util.Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                KeyPairs.requirePair(
                        (PrivateKey) store.getKey(alias, password.toCharArray()),
                        store.getCertificate(alias).getPublicKey());
                return;
            }
        }
        throw new IllegalArgumentException("there is no key in it");
    }
}
