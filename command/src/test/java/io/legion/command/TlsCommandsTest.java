package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers and clients that show certificates: the right ones, and every kind of wrong one.
class TlsCommandsTest {
    private static final String HERE = "san=ip:127.0.0.1";

    @TempDir
    private static Path directory;

    private static TestKeys good;
    private static TestKeys other;
    private static TestKeys elsewhere;
    private static TestKeys expired;

    @BeforeAll
    static void make() throws Exception {
        good = TestKeys.make(directory, "good", "-ext", HERE);
        other = TestKeys.make(directory, "other", "-ext", HERE);
        elsewhere = TestKeys.make(directory, "elsewhere", "-ext", "san=ip:192.0.2.1");
        expired = TestKeys.make(directory, "expired", "-ext", HERE, "-startdate", "-30d", "-validity", "10");
    }

    private static StubAdmin serving(TestKeys keys) throws Exception {
        return StubAdmin.secured(keys.context(good)).on("GET /cluster", "cluster-well.json");
    }

    @Test
    void theRightServerIsBelieved() throws Exception {
        try (var admin = serving(good)) {
            var run = Run.of("status", "--admin", admin.url(), "--ca", good.authority());
            assertThat(run.err()).isEmpty();
            assertThat(run.exit()).isZero();
        }
    }

    private static void refused(TestKeys keys, TestKeys trusted, String why) throws Exception {
        try (var admin = serving(keys)) {
            for (var command : new String[] {"status", "doctor"}) {
                var run = Run.of(command, "--token", "secret", "--admin", admin.url(), "--ca", trusted.authority());
                assertThat(run.exit()).as(command).isEqualTo(3);
                assertThat((run.out() + run.err()).replaceAll("\\s+", " "))
                        .as(command)
                        .contains(why);
            }
            assertThat(admin.asked()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherAuthorityGetsNoToken() throws Exception {
        refused(good, other, "Nothing here vouches for the certificate");
    }

    @Test
    void aServerUnderAnotherNameGetsNoToken() throws Exception {
        refused(elsewhere, elsewhere, "is for another name");
    }

    @Test
    void aServerWithAnExpiredCertificateGetsNoToken() throws Exception {
        refused(expired, expired, "has expired");
    }

    @Test
    void withoutCaAStrangersCertificateIsNotBelieved() throws Exception {
        try (var admin = serving(good)) {
            var run = Run.of("status", "--admin", admin.url());
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("--ca FILE");
        }
    }

    @Test
    void theClientShowsItsCertificate() throws Exception {
        try (var admin = StubAdmin.securedForKnownClients(good.context(good))) {
            admin.on("GET /cluster", "cluster-well.json");
            var with = Run.of(
                    "status",
                    "--admin",
                    admin.url(),
                    "--ca",
                    good.authority(),
                    "--certificate",
                    good.certificate(),
                    "--key",
                    good.key());
            assertThat(with.err()).isEmpty();
            assertThat(with.exit()).isZero();
            for (var command : new String[] {"status", "doctor"}) {
                var without = Run.of(command, "--admin", admin.url(), "--ca", good.authority());
                assertThat(without.exit()).isEqualTo(3);
                assertThat((without.out() + without.err()).replaceAll("\\s+", " "))
                        .contains("Most likely it wants the certificate of a client", "--certificate FILE");
            }
        }
    }

    @Test
    void theWrongSchemeIsNamed() throws Exception {
        try (var secured = serving(good);
                var plain = StubAdmin.open()) {
            var toTls = secured.url().replace("https", "http");
            assertThat(Run.of("doctor", "--timeout", "1s", "--admin", toTls).out())
                    .contains("speaks TLS", "Write " + secured.url() + " instead");
            assertThat(Run.of("status", "--admin", toTls).exit()).isNotZero();
            var toPlain = plain.url().replace("http", "https");
            assertThat(Run.of("doctor", "--timeout", "1s", "--admin", toPlain).out())
                    .contains("speaks plain HTTP", "Write " + plain.url() + " instead");
        }
    }

    @Test
    void aServerThatComplainsInPlainHttpIsNotOneOfTls() throws Exception {
        try (var plain = RawServer.open(connection -> connection
                .getOutputStream()
                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))) {
            var run = Run.of("status", "--admin", plain.url("https"));
            assertThat(run.exit()).isEqualTo(3);
            assertThat(run.err()).contains("does not speak TLS");
            assertThat(Run.of("doctor", "--admin", plain.url("https")).out()).contains("speaks plain HTTP");
        }
    }
}
