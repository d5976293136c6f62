package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.HttpTls;
import io.legion.http.access.RenewedKeys;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpTlsTest {
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void aKeyStoreServes() throws Exception {
        var certificate = TestCertificate.make(directory, "one");
        try (var server = TestServer.open(Map.of("tls", certificate.tls()))) {
            assertThat(server.server().uri().getScheme()).isEqualTo("https");
            assertThat(ask(server, certificate)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void pemFilesServeAndARenewedCertificateNeedsNoRestart() throws Exception {
        var first = TestCertificate.make(directory, "first");
        var second = TestCertificate.make(directory, "second");
        var certificate = directory.resolve("server.crt");
        var key = directory.resolve("server.key");
        first.writePem(certificate, key);
        try (var server = TestServer.open(Map.of("tls", new HttpTls(null, null, null, certificate, key)))) {
            assertThat(ask(server, first)).startsWith("HTTP/1.1 200");
            second.writeCertificate(certificate);
            awaitMessage(server, Logger.Priority.WARNING, "the former one still serves");
            assertThat(ask(server, first)).startsWith("HTTP/1.1 200");
            second.writeKey(key);
            awaitMessage(server, Logger.Priority.INFO, "the certificate was renewed");
            assertThat(ask(server, second)).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> ask(server, first)).isInstanceOf(IOException.class);
            server.logger.expect(Logger.Priority.WARNING, "the key is not that of the certificate");
        }
    }

    @Test
    void aRenewedKeyStoreNeedsNoRestart() throws Exception {
        var first = TestCertificate.make(directory, "first");
        var second = TestCertificate.make(directory, "second");
        var store = Files.copy(first.store(), directory.resolve("server.p12"));
        var tls = new HttpTls(store, TestCertificate.PASSWORD, null, null, null);
        try (var server = TestServer.open(Map.of("tls", tls))) {
            assertThat(ask(server, first)).startsWith("HTTP/1.1 200");
            Files.move(
                    Files.copy(second.store(), directory.resolve("new")), store, StandardCopyOption.REPLACE_EXISTING);
            awaitMessage(server, Logger.Priority.INFO, "the certificate was renewed");
            assertThat(ask(server, second)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whatCanNotServeIsNamedAtTheStart() throws Exception {
        var one = TestCertificate.make(directory, "one");
        var other = TestCertificate.make(directory, "other");
        var certificate = directory.resolve("server.crt");
        var key = directory.resolve("server.key");
        one.writeCertificate(certificate);
        other.writeKey(key);
        var pair = new HttpTls(null, null, null, certificate, key);
        assertThatThrownBy(() -> keys(pair)).hasMessageContaining("not that of the certificate");
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> keys(pair)).hasMessageContaining("openssl pkcs8");
        var wrong = new HttpTls(one.store(), "wrong", null, null, null);
        assertThatThrownBy(() -> keys(wrong)).hasMessageContaining("password").hasMessageNotContaining("wrong\"");
        assertThatThrownBy(() -> new HttpTls(null, null, null, null, null))
                .hasMessageContaining("give either keyStore");
        assertThatThrownBy(() -> new HttpTls(null, null, null, certificate, null))
                .hasMessageContaining("go together");
        assertThatThrownBy(() -> new HttpTls(one.store(), null, null, null, null))
                .hasMessageContaining("Password");
        assertThat(one.tls().toString()).doesNotContain(TestCertificate.PASSWORD);
    }

    private static void keys(HttpTls tls) {
        try (var logger = RecordingLogger.open()) {
            RenewedKeys.of(tls, null, logger);
        }
    }

    @Test
    void aHandshakeThatTricklesEndsInTime() throws Exception {
        var certificate = TestCertificate.make(directory, "one");
        var settings = Map.of("tls", certificate.tls(), "headTimeout", Duration.ofMillis(1500));
        try (var server = TestServer.open(settings);
                var client = server.client()) {
            long start = System.nanoTime();
            // The head of a record of 512 bytes, which then come one by one.
            client.send("\u0016\u0003\u0001\u0002\0");
            while (client.trySend("\u0001")) {
                Thread.sleep(100); // the pace of this client, which is what is tested
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(1500), Duration.ofMillis(2500));
            assertThat(ask(server, certificate)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void plainTextAtATlsPortIsNoFaultOfTheServer() throws Exception {
        var certificate = TestCertificate.make(directory, "one");
        try (var server = TestServer.open(Map.of("tls", certificate.tls()))) {
            assertThat(server.raw(GET)).doesNotContain("HTTP/1.1 200");
            assertThat(ask(server, certificate)).startsWith("HTTP/1.1 200");
        }
    }

    private static String ask(TestServer server, TestCertificate trusted) throws IOException, GeneralSecurityException {
        try (Socket socket = trusted.trust().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void awaitMessage(TestServer server, Logger.Priority priority, String part) {
        while (server.logger.messages(priority, part).isEmpty()) {
            Thread.onSpinWait(); // the test's own time limit ends it
        }
    }
}
