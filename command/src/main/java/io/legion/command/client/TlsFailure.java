package io.legion.command.client;

import io.legion.service.Printable;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/// Why TLS did not come about. The JDK tells some reasons apart by their messages only.
final class TlsFailure {
    private TlsFailure() {}

    /// Whether the other side speaks TLS at all.
    static boolean isOfTls(SSLException failure) {
        return !message(failure).toLowerCase(Locale.ROOT).contains("unrecognized ssl message");
    }

    static Sign sign(URI server, SSLException failure) {
        if (Causes.has(CertificateExpiredException.class, failure)) {
            return new Sign(
                    "The certificate of " + server + " has expired, or the clock here is wrong.",
                    "Renew the certificate: the node reads its files again by itself.");
        }
        if (Causes.has(CertificateNotYetValidException.class, failure)) {
            return new Sign(
                    "The certificate of " + server + " is not valid yet, or the clock here is wrong.",
                    "Look at both clocks and at the certificate.");
        }
        var certificate = Causes.find(CertificateException.class, failure);
        if (certificate != null) {
            return message(certificate).startsWith("No ") ? otherName(server, certificate) : untrusted(server);
        }
        return isOfTls(failure) ? refused(server, failure) : plain(server);
    }

    private static Sign otherName(URI server, CertificateException failure) {
        return new Sign(
                "The certificate of " + server + " is for another name (" + Printable.line(message(failure)) + ").",
                "Ask under a name that stands in the certificate, or issue one for this name.");
    }

    private static Sign untrusted(URI server) {
        return new Sign(
                "Nothing here vouches for the certificate of " + server + ".",
                "Give the certificate of its authority with --ca FILE. If you did, this may be another server than you"
                        + " think: find out before you show it a token.");
    }

    private static Sign refused(URI server, SSLException failure) {
        return new Sign(
                server + " ended the TLS handshake (" + Printable.line(message(failure))
                        + "). Most likely it wants the certificate of a client, or another one.",
                "Give one that it trusts with --certificate FILE and --key FILE.");
    }

    /// The server ended the connection after the handshake, and said nothing. In TLS 1.3 a client has shaken hands
    /// before the server looks at its certificate, and may not get to read why the server ends it.
    static Sign ended(URI server) {
        return new Sign(
                server + " agrees on TLS and then closes the connection. Most likely it wants the certificate of a"
                        + " client, or it is the node's port for its peers.",
                "Give a certificate that it trusts with --certificate FILE and --key FILE, or look in the node's log for"
                        + " the address of its admin service.");
    }

    private static Sign plain(URI server) {
        return new Sign(
                server + " does not speak TLS.",
                "If its admin service is plain, write http:// instead of https://; ./legion doctor looks closer.");
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage());
    }
}
