package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {

    @TempDir
    static Path directory;

    private static Keys keys;
    private static Tls good;

    /// Of an authority that has the same name, but is another one.
    private static Tls stranger;

    @BeforeAll
    static void makeKeys() throws Exception {
        keys = new Keys(Files.createDirectory(directory.resolve("keys")));
        good = keys.node("good");
        stranger = new Keys(Files.createDirectory(directory.resolve("stranger"))).node("stranger");
    }

    @Test
    void nodesThatTrustEachOtherTalk() {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, Nodes.secured(good));
            var two = nodes.start(2, Nodes.secured(good), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));

            var frame = Bytes.wrap(new byte[300_000]);
            assertThat(one.cluster().send(two.node(), frame)).isTrue();

            Nodes.await("the frame", () -> two.frames().contains(frame));
        }
    }

    @Test
    void aNodeThatStopsLeaves() {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, Nodes.secured(good));
            var two = nodes.start(2, Nodes.secured(good), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));

            two.cluster().close();

            Nodes.await("it left", () -> one.events().contains("left " + two.node()));
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityAndAPlainPeerAreKeptOut() throws Exception {
        var rogue = keys.rogue("rogue");
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, Nodes.secured(good));
            var wrong = nodes.start(8, Nodes.secured(rogue), one.address());
            var plain = nodes.start(9, Nodes.secured(null), one.address());
            Nodes.await("the refusal is logged", () -> nodes.warned("was not accepted"));
            Nodes.await("each one is counted", () -> one.monitor().count("legion.cluster.handshakes.refused") >= 2);

            // Whoever is let in by mistake is so by the time in which a good one is.
            var two = nodes.start(2, Nodes.secured(good), one.address(), wrong.address(), plain.address());
            Nodes.await("the good one is in", () -> one.sees(two) && two.sees(one));

            assertThat(one.cluster().members()).containsExactly(two.node());
            assertThat(two.cluster().members()).containsExactly(one.node());
            assertThat(wrong.cluster().members()).isEmpty();
            assertThat(plain.cluster().members()).isEmpty();
        }
    }

    @Test
    void whoIsToJoinIsToldThatItsCertificateIsNotTrusted() {
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, Nodes.secured(good));

            var rogue = nodes.join(8, Nodes.secured(keys.rogue("unknown")), one.address());
            Nodes.await("it is told", () -> rogue.heard("refused", one.address(), "certificate"));
        }
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, Nodes.secured(good));
            var forged = new Tls(
                    stranger.keyStore(),
                    null,
                    stranger.keyStorePasswordFile(),
                    good.trustStore(),
                    good.trustStorePassword(),
                    null);

            var forger = nodes.join(8, Nodes.secured(forged), one.address());

            Nodes.await("it is told", () -> forger.heard("refused", one.address(), "certificate"));
            Nodes.await(
                    "the other one tells why",
                    () -> nodes.warned("127.0.0.1 was not accepted: its certificate, of CN=stranger"));
        }
    }

    @Test
    void whoIsToJoinIsToldWhomItDoesNotTrust() {
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var one = nodes.start(1, Nodes.secured(good));

            var joiner = nodes.join(8, Nodes.secured(stranger), one.address());

            Nodes.await("it is told", () -> joiner.heard("refused", one.address(), "certificate", "CN=good"));
        }
    }

    @Test
    void whoIsToJoinIsToldThatOnlyOneSideUsesTls() {
        try (var nodes = new Nodes()) {
            nodes.allow("was not accepted");
            var secured = nodes.start(1, Nodes.secured(good));
            var plain = nodes.start(2, Nodes.secured(null));

            var plainJoiner = nodes.join(8, Nodes.secured(null), secured.address());
            var securedJoiner = nodes.join(9, Nodes.secured(good), plain.address());

            Nodes.await("it is told", () -> plainJoiner.heard("refused", secured.address(), "TLS"));
            Nodes.await("it is told", () -> securedJoiner.heard("refused", plain.address(), "TLS"));
        }
    }

    @Test
    void keysThatCanNotBeUsedAreRefusedAtOpening() {
        var wrongPassword = new Tls(good.keyStore(), "wrong", null, good.trustStore(), "wrong", null);
        assertThatThrownBy(() -> JGroupsCluster.open(
                        Nodes.secured(wrongPassword), RecordingLogger.open(), RecordingMonitor.open()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("good.p12");
        assertThat(wrongPassword.toString()).doesNotContain("wrong");
    }
}
