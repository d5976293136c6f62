package io.legion.command.client;

import io.legion.service.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom a client believes, and what it shows of itself, from PEM files.
///
/// @param authorities the certificates that vouch for servers; without them those that the JDK knows
/// @param certificate the client's own, and those that lead to a known authority after it
/// @param key its key (PKCS 8, not encrypted)
public record ClientTls(
        @Nullable Path authorities,
        @Nullable Path certificate,
        @Nullable Path key) {
    private static final char[] IN_MEMORY = {};

    /// @throws IllegalArgumentException if a certificate has no key, or a key no certificate
    public ClientTls {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException("a client's certificate and key go together: give both");
        }
    }

    /// @throws IllegalArgumentException if the files cannot be used: the message says which, and why
    SSLContext context() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(own(), trusted(), null);
            return context;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("a file for TLS cannot be read: " + unreadable, unreadable);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalArgumentException(
                    "the files for TLS cannot be used: " + unusable.getMessage() + " (" + this + ")", unusable);
        }
    }

    private KeyManager @Nullable [] own() throws IOException, GeneralSecurityException {
        if (certificate == null) {
            return null;
        }
        var store = inMemory();
        var chain = PemFiles.certificates(certificate).toArray(Certificate[]::new);
        store.setKeyEntry("client", PemFiles.key(Objects.requireNonNull(key)), IN_MEMORY, chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, IN_MEMORY);
        return managers.getKeyManagers();
    }

    private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
        if (authorities == null) {
            return null;
        }
        var store = inMemory();
        for (var authority : PemFiles.certificates(authorities)) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore inMemory() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
