package io.legion.http.jetty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Whether a server may listen where its settings say: without TLS and authentication only where no other
/// machine reaches it, unless the settings allow more by name.
final class OpenNetwork {
    private OpenNetwork() {}

    /// @throws IllegalArgumentException if it may not: the message says what can be done
    /// @throws IOException if the host is no address of this machine
    static void requireAllowed(JettyHttpServer.Config config) throws IOException {
        if (isLoopback(config.host())) {
            return;
        }
        var where = config.host() + ":" + config.port();
        if (config.tls() == null && !config.allowPlainOnOpenNetwork()) {
            throw new IllegalArgumentException("The server would listen at " + where
                    + " without TLS: whoever sees the traffic could read and change it. Configure tls, or listen on a "
                    + "loopback address, or, if something else encrypts or the network is closed, set "
                    + "allowPlainOnOpenNetwork.");
        }
        if (config.authentication() == null && !config.allowAnonymousOnOpenNetwork()) {
            throw new IllegalArgumentException("The server would listen at " + where
                    + " without authentication: whoever reaches that port could ask and change everything. Configure "
                    + "authentication, or listen on a loopback address, or, if only friends reach it, set "
                    + "allowAnonymousOnOpenNetwork.");
        }
    }

    private static boolean isLoopback(String host) throws IOException {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            throw new IOException("host \"" + host + "\" cannot be resolved: set an address of this machine", unknown);
        }
    }
}
