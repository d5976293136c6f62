package io.legion.command.client;

import io.legion.command.client.AdminException.Kind;
import io.legion.service.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// Why no answer came, in words.
final class LinkFailure {
    private static final String NEXT = "Is the node running, and its admin service open at this address (admin in its"
            + " configuration)? Another node of the cluster can tell as much: --admin URL. ./legion doctor looks"
            + " closer.";

    private LinkFailure() {}

    static AdminException of(URI server, Throwable failure) {
        if (isTooLong(failure)) {
            return new AdminException(
                    Kind.FAILED,
                    server + " answered more than 8 MiB, which no admin service does; the rest was not read.",
                    "Is that the address of an admin service?");
        }
        var tls = Causes.find(SSLException.class, failure);
        if (tls != null) {
            var sign = TlsFailure.sign(server, tls);
            return new AdminException(Kind.UNANSWERED, sign.what(), sign.next());
        }
        if (server.getScheme().equals("https") && isEnded(failure)) {
            var sign = TlsFailure.ended(server);
            return new AdminException(Kind.UNANSWERED, sign.what(), sign.next());
        }
        return new AdminException(
                Kind.UNANSWERED, "No answer from " + server + ": " + why(server, failure) + ".", NEXT);
    }

    static AdminException late(URI server, Duration timeout) {
        return new AdminException(
                Kind.UNANSWERED,
                "No answer from " + server + " within " + timeout.toMillis() + " ms.",
                "It may be busy, paused or cut off: try again, give a longer --timeout, or ask another node: --admin"
                        + " URL. ./legion doctor looks closer.");
    }

    /// True if there was a connection, and the other side ended it. For one of two ways the JDK has no type.
    private static boolean isEnded(Throwable failure) {
        if (Causes.has(ConnectException.class, failure) || Causes.has(NoRouteToHostException.class, failure)) {
            return false;
        }
        return Causes.has(EOFException.class, failure)
                || Causes.has(SocketException.class, failure)
                || String.valueOf(failure.getMessage()).contains("received no bytes");
    }

    /// The JDK has no type for it.
    private static boolean isTooLong(Throwable failure) {
        var io = Causes.find(IOException.class, failure);
        return io != null && String.valueOf(io.getMessage()).startsWith("body exceeds capacity");
    }

    private static String why(URI server, Throwable failure) {
        if (Causes.has(UnresolvedAddressException.class, failure) || Causes.has(UnknownHostException.class, failure)) {
            return "there is no host \"" + server.getHost() + "\"";
        }
        if (Causes.has(NoRouteToHostException.class, failure)) {
            return "no way leads to this host";
        }
        if (Causes.has(ConnectException.class, failure)) {
            return "nobody listens there";
        }
        if (Causes.has(EOFException.class, failure)) {
            return "it closed the connection without one";
        }
        return Printable.line(String.valueOf(failure.getMessage()));
    }
}
