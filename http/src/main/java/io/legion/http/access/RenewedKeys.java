package io.legion.http.access;

import io.legion.http.HttpTls;
import io.legion.service.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// The TLS of the server, with the certificate as its files have it now: one that is renewed serves the next
/// connections, without a restart. Files that cannot be used, for instance because only one of two has been
/// written, leave the certificate as it is until they change again.
///
/// **Threads.** One looks.
public final class RenewedKeys {
    private final HttpTls tls;
    private final SslContextFactory.Server context;
    private final Logger logger;
    private List<String> seen;

    private RenewedKeys(HttpTls tls, SslContextFactory.Server context, Logger logger, List<String> seen) {
        this.tls = tls;
        this.context = context;
        this.logger = logger;
        this.seen = seen;
    }

    /// The keys in these files.
    ///
    /// @throws IllegalArgumentException if the files cannot be used
    public static RenewedKeys of(HttpTls tls, Logger logger) {
        var seen = versions(tls);
        var context = new SslContextFactory.Server();
        context.setEndpointIdentificationAlgorithm(null); // of clients, who show no certificate
        use(context, ServerKeys.read(tls));
        return new RenewedKeys(tls, context, logger, seen);
    }

    /// The context of TLS, which has them.
    public SslContextFactory.Server context() {
        return context;
    }

    /// Uses the files if they have changed.
    public void look() {
        var now = versions(tls);
        if (!now.equals(seen)) {
            seen = now;
            var unusable = renew();
            if (unusable == null) {
                logger.info("the certificate was renewed from " + ServerKeys.files(tls));
            } else {
                logger.warning(
                        "the certificate was not renewed, and the former one still serves: " + unusable.getMessage());
            }
        }
    }

    private @Nullable Exception renew() {
        try {
            var keys = ServerKeys.read(tls);
            context.reload(renewed -> use((SslContextFactory.Server) renewed, keys));
            return null;
        } catch (Exception unusable) { // what reload declares
            return unusable;
        }
    }

    private static void use(SslContextFactory.Server context, ServerKeys keys) {
        context.setKeyStore(keys.store());
        context.setKeyStorePassword(keys.password());
    }

    /// What tells a changed file: its time and its size.
    private static List<String> versions(HttpTls tls) {
        return ServerKeys.files(tls).stream().map(RenewedKeys::version).toList();
    }

    private static String version(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
