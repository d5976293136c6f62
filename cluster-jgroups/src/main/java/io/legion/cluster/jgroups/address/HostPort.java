package io.legion.cluster.jgroups.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Where a process listens, as people write it: `host:port`, or `[::1]:port` for an IPv6 address.
public record HostPort(String host, int port) {

    /// Reads an address.
    ///
    /// @param what it is, for the message
    /// @throws IllegalArgumentException if the text is not of this form, or the port not in 0 to 65535
    public static HostPort parse(String what, String text) {
        int colon = text.lastIndexOf(':');
        int port = colon < 0 ? -1 : port(text.substring(colon + 1));
        if (colon < 1 || port < 0) {
            throw new IllegalArgumentException(
                    what + " must be host:port (or [IPv6 address]:port), but is \"" + text + "\".");
        }
        return new HostPort(unbracketed(text.substring(0, colon)), port);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 65535 ? -1 : port;
        } catch (NumberFormatException noPort) {
            return -1;
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /// The addresses of the host, the preferred one first; none if its name cannot be resolved now.
    public List<InetAddress> addresses() {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException unknown) {
            return List.of();
        }
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
