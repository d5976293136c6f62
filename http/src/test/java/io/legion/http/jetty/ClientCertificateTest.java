package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.ApiReply;
import io.legion.http.Authentication;
import io.legion.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientCertificateTest {
    private static final Route WHO = new Route(
            "GET",
            "/who",
            request -> ApiReply.of(200, "text/plain", request.caller().getBytes(StandardCharsets.UTF_8)));

    @TempDir
    private Path directory;

    private TestCertificate server;
    private TestCertificate client;
    private Path authority;

    @BeforeEach
    void makeCertificates() throws Exception {
        server = TestCertificate.make(directory, "server");
        client = TestCertificate.make(directory, "client");
        authority = directory.resolve("clients.pem");
        client.writeCertificate(authority);
    }

    private TestServer open(@Nullable String token) {
        var authentication = new Authentication(token, null, null, null, null, authority);
        return TestServer.open(Map.of("tls", server.tls(), "authentication", authentication), WHO);
    }

    @Test
    void aCertificateOfTheAuthorityLetsInAndSaysWhoAsks() throws Exception {
        try (var open = open(null)) {
            assertThat(ask(open, server.trustAndShow(client), "/who"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("CN=client");
        }
    }

    @Test
    void withoutOneOnlyAnonymousRoutesAnswer() throws Exception {
        try (var open = open(null)) {
            assertThat(ask(open, server.trust(), "/who"))
                    .startsWith("HTTP/1.1 401")
                    .contains("a certificate of an authority");
            assertThat(ask(open, server.trust(), "/anonymous")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aTokenWillDoWhereBothAreConfigured() throws Exception {
        try (var open = open("t0ken")) {
            assertThat(ask(open, server.trust(), "/who", "Authorization: Bearer t0ken"))
                    .startsWith("HTTP/1.1 200");
            assertThat(ask(open, server.trustAndShow(client), "/who")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aCertificateOfAnybodyElseDoesNotLetIn() throws Exception {
        var stranger = TestCertificate.make(directory, "stranger");
        try (var open = open(null)) {
            assertThat(ask(open, server.trustAndShow(stranger), "/who")).doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void anAuthorityNeedsTlsAndAFileThatCanBeRead() throws Exception {
        var authentication = new Authentication(null, null, null, null, null, authority);
        assertThatThrownBy(() -> TestServer.open(Map.of("authentication", authentication)))
                .hasMessageContaining("needs tls");
        Files.writeString(authority, "no certificate\n");
        assertThatThrownBy(() -> open(null)).hasMessageContaining("clientAuthority cannot be used");
    }

    private static String ask(TestServer server, SSLContext context, String path, String... headers)
            throws IOException {
        try (var socket = context.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            var get = "GET " + path + " HTTP/1.1\r\nHost: h\r\n" + more + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
