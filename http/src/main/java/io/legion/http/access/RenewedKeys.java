package io.legion.http.access;

import io.legion.http.HttpTls;
import io.legion.service.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// The TLS of the server, with the certificate as its files have it now: one that is renewed serves the next
/// connections, without a restart. Files that cannot be used, for instance because only one of two has been
/// written, leave the certificate as it is until they change again.
///
/// **Threads.** One looks.
public final class RenewedKeys {
    private final HttpTls tls;
    private final @Nullable Path clientAuthority;
    private final SslContextFactory.Server context;
    private final Logger logger;
    private List<String> seen;

    private RenewedKeys(HttpTls tls, @Nullable Path clientAuthority, Logger logger) {
        this.tls = tls;
        this.clientAuthority = clientAuthority;
        this.context = new SslContextFactory.Server();
        this.logger = logger;
        this.seen = versions();
    }

    /// The keys in these files.
    ///
    /// @param clientAuthority the authorities whose certificates a client may show; null if none lets it in
    /// @throws IllegalArgumentException if the files cannot be used
    public static RenewedKeys of(HttpTls tls, @Nullable Path clientAuthority, Logger logger) {
        var keys = new RenewedKeys(tls, clientAuthority, logger);
        keys.context.setEndpointIdentificationAlgorithm(null); // of clients, whose names are not those of hosts
        keys.context.setWantClientAuth(clientAuthority != null); // some routes ask for none
        keys.read().accept(keys.context);
        return keys;
    }

    /// The context of TLS, which has them.
    public SslContextFactory.Server context() {
        return context;
    }

    /// Uses the files if they have changed.
    public void look() {
        var now = versions();
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
            context.reload(read());
            return null;
        } catch (Exception unusable) { // what reload declares
            return unusable;
        }
    }

    /// Reads all files before anything changes.
    private Consumer<SslContextFactory> read() {
        var keys = ServerKeys.read(tls);
        var trusted = clientAuthority == null ? null : ClientAuthority.read(clientAuthority);
        return changed -> {
            changed.setKeyStore(keys.store());
            changed.setKeyStorePassword(keys.password());
            changed.setTrustStore(trusted);
        };
    }

    /// What tells a changed file: its time and its size.
    private List<String> versions() {
        return Stream.concat(ServerKeys.files(tls).stream(), Stream.ofNullable(clientAuthority))
                .map(RenewedKeys::version)
                .toList();
    }

    private static String version(Path file) {
        try {
            return Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
