package io.legion.command.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/// The address of an admin service as people write it: `http://127.0.0.1:9761`, or one with a path before its own.
final class ServerAddress {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    private ServerAddress() {}

    /// @throws IllegalArgumentException if it is none
    static URI parse(String text) {
        try {
            var address = new URI(text.strip().replaceAll("/+$", ""));
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (http
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException other) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not the address of an admin service: write http://HOST:PORT or https://HOST:PORT");
    }

    static boolean isEncrypted(URI address) {
        return "https".equals(address.getScheme());
    }

    static boolean isLoopback(URI address) {
        return LOOPBACK.matcher(address.getHost()).matches();
    }

    static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : isEncrypted(address) ? 443 : 80;
    }
}
