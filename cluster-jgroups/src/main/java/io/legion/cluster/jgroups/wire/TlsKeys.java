package io.legion.cluster.jgroups.wire;

import io.legion.cluster.jgroups.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Makes the TLS context from the configured stores.
public final class TlsKeys {

    static final String VERSION = "TLSv1.3";

    private TlsKeys() {}

    /// The context for connections in both directions.
    ///
    /// @param refused hears of the hosts whose certificate is not trusted, and why
    /// @throws IllegalArgumentException if a store cannot be read, or its password is wrong
    public static SSLContext context(Tls config, BiConsumer<InetAddress, String> refused) {
        try {
            var keyPassword = password(config.keyStorePassword(), config.keyStorePasswordFile());
            var trustPassword = password(config.trustStorePassword(), config.trustStorePasswordFile());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(config.keyStore(), keyPassword), keyPassword);
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store(config.trustStore(), trustPassword));
            var context = SSLContext.getInstance(VERSION);
            context.init(keys.getKeyManagers(), told(trusted.getTrustManagers(), refused), null);
            return context;
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalArgumentException("tls: the keys cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static TrustManager[] told(TrustManager[] all, BiConsumer<InetAddress, String> refused) {
        return Arrays.stream(all)
                .map(one -> one instanceof X509ExtendedTrustManager trust ? new ToldTrust(trust, refused) : one)
                .toArray(TrustManager[]::new);
    }

    private static KeyStore store(Path file, char[] password) throws IOException, GeneralSecurityException {
        if (!Files.isReadable(file)) {
            throw new IOException("there is no file " + file + " that can be read");
        }
        try {
            return KeyStore.getInstance(file.toFile(), password);
        } catch (IOException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static char[] password(@Nullable String given, @Nullable Path file) throws IOException {
        if (given != null) {
            return given.toCharArray();
        }
        return file == null ? new char[0] : Files.readString(file).strip().toCharArray();
    }
}
