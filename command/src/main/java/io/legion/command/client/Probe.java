package io.legion.command.client;

import io.legion.service.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// Looks at an address at which no admin service answers: is anybody there, and what do they speak? It shows no token.
///
/// @param server the address
/// @param tls whom to believe
/// @param patience how long each step may take; there are at most four
public record Probe(URI server, ClientTls tls, Duration patience) {

    /// What is there.
    public Sign look() {
        try {
            return ServerAddress.isEncrypted(server) ? lookForTls() : lookForHttp();
        } catch (UnknownHostException unknown) {
            return new Sign(
                    "There is no host \"" + server.getHost() + "\".", "Look at the name, and at the name service.");
        } catch (ConnectException refused) {
            return new Sign(
                    "Nobody listens at " + server + ": the host refuses connections to this port. The node does not"
                            + " run, or its admin service is off or has another address.",
                    "Look at the node's process and log, and at admin in its configuration; then start it again.");
        } catch (SocketTimeoutException silent) {
            return new Sign(
                    "Nothing comes back from the host of " + server + ": it is down or cut off, or a firewall drops"
                            + " what is sent to this port.",
                    "See whether the host answers otherwise, and look at the firewall.");
        } catch (IOException failure) {
            return new Sign(
                    "No connection to " + server + " comes about: "
                            + Printable.line(String.valueOf(failure.getMessage())) + ".",
                    "Look at the network between here and that host.");
        }
    }

    private Sign lookForHttp() throws IOException {
        try (var plain = connected()) {
            return switch (spoken(plain)) {
                case HTTP -> busy();
                case SILENCE -> speaksTls() ? wrongScheme("TLS", "https") : silent();
                case NOTHING, SOMETHING_ELSE -> speaksTls() ? wrongScheme("TLS", "https") : noHttp();
            };
        }
    }

    private Sign lookForTls() throws IOException {
        try (var socket = connected();
                var secured = secured(socket)) {
            return switch (spoken(secured)) {
                case HTTP -> busy();
                case SILENCE -> silent();
                case NOTHING -> TlsFailure.ended(server);
                case SOMETHING_ELSE -> noHttp();
            };
        } catch (SocketTimeoutException silent) {
            return speaksHttp() ? wrongScheme("plain HTTP", "http") : silent();
        } catch (SSLException failure) {
            return TlsFailure.isOfTls(failure) || !speaksHttp()
                    ? TlsFailure.sign(server, failure)
                    : wrongScheme("plain HTTP", "http");
        }
    }

    private enum Spoken {
        HTTP,
        /// Nothing yet.
        SILENCE,
        /// The connection is closed.
        NOTHING,
        SOMETHING_ELSE
    }

    /// How somebody answers to a request.
    private Spoken spoken(Socket socket) throws SSLException {
        var request = "GET /health/live HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nConnection: close\r\n\r\n";
        try {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var begin = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return begin.isEmpty() ? Spoken.NOTHING : begin.equals("HTTP/") ? Spoken.HTTP : Spoken.SOMETHING_ELSE;
        } catch (SocketTimeoutException silent) {
            return Spoken.SILENCE;
        } catch (SSLException refused) {
            throw refused;
        } catch (IOException closed) {
            return Spoken.NOTHING;
        }
    }

    private boolean speaksHttp() throws IOException {
        try (var plain = connected()) {
            return spoken(plain) == Spoken.HTTP;
        }
    }

    private boolean speaksTls() throws IOException {
        try (var socket = connected();
                var secured = secured(socket)) {
            return secured.getSession().isValid();
        } catch (SSLException failure) {
            return TlsFailure.isOfTls(failure);
        } catch (SocketTimeoutException silent) {
            return false;
        }
    }

    private Socket connected() throws IOException {
        var socket = new Socket();
        try {
            int millis = Math.toIntExact(patience.toMillis());
            socket.setSoTimeout(millis);
            socket.connect(new InetSocketAddress(host(), ServerAddress.port(server)), millis);
            return socket;
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    /// Without the brackets of IPv6.
    private String host() {
        return server.getHost().replaceAll("[\\[\\]]", "");
    }

    private SSLSocket secured(Socket socket) throws IOException {
        var secured = (SSLSocket)
                tls.context().getSocketFactory().createSocket(socket, host(), ServerAddress.port(server), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private Sign busy() {
        return new Sign(
                server + " speaks HTTP, and yet gave no picture of the cluster in time. The node is there and too busy,"
                        + " or another service has this port.",
                "Ask with more patience: ./legion status --timeout 30s. Look at the node's processor, disk and log.");
    }

    private Sign silent() {
        return new Sign(
                server + " takes connections and then says nothing. Its process is paused or stuck, its machine has no"
                        + " processor time left, or something that does not speak HTTP has this port.",
                "Look at the process (kill -CONT wakes a paused one), and ask another node meanwhile: --admin URL.");
    }

    private Sign noHttp() {
        return new Sign(
                "Somebody listens at " + server + " who does not speak HTTP: it is another port of the node, such as"
                        + " that for its peers, or another program.",
                "The log of a node says where its admin service is; the demo's are at http://127.0.0.1:9761 and the"
                        + " next ones.");
    }

    private Sign wrongScheme(String spoken, String scheme) {
        return new Sign(
                server + " speaks " + spoken + ".", "Write " + scheme + "://" + server.getAuthority() + " instead.");
    }
}
