package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.ClusterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {

    @TempDir
    Path directory;

    @Test
    void allHaveADefault() {
        var config = Configuration.parse("empty", "{}", JGroupsCluster.Config.class);

        assertThat(config.window()).isEqualTo(new ByteSize(4 << 20));
        assertThat(config.unreachableAfter()).isEqualTo(Duration.ofMillis(2500));
    }

    @Test
    void aFileCanSayAll() {
        var config = Configuration.parse("cluster.yaml", """
                listen: 0.0.0.0:7760
                advertise: 10.0.0.7:7760
                discovery:
                  dns:
                    name: legion.example
                tls:
                  keyStore: node.p12
                  keyStorePasswordFile: node.password
                  trustStore: trust.p12
                  trustStorePassword: public
                unreachableAfter: 4s
                window: 8 MiB
                maxFrame: 16 MiB
                """, JGroupsCluster.Config.class);

        assertThat(config.discovery()).isEqualTo(new Discovery.Dns("legion.example", 7760));
        assertThat(config.tls()).isNotNull();
    }

    @Test
    void valuesOutsideTheirBoundsAreRefused() {
        assertThatThrownBy(() -> Configuration.parse("x", "window: 1 KiB", JGroupsCluster.Config.class))
                .hasMessageContaining("window must be 64 KiB to 1 GiB");
        assertThatThrownBy(() -> Configuration.parse("x", "unreachableAfter: 5m", JGroupsCluster.Config.class))
                .hasMessageContaining("500ms to 1m");
        assertThatThrownBy(() -> Configuration.parse("x", "listen: nowhere", JGroupsCluster.Config.class))
                .hasMessageContaining("host:port");
    }

    @Test
    void withoutTlsANodeListensOnLoopbackOnlyUnlessToldSo() {
        assertThatThrownBy(() -> open("listen: 192.0.2.1:7760"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without TLS")
                .hasMessageContaining("allowPlainOnOpenNetwork");
        assertThatThrownBy(() -> open("{listen: '0.0.0.0:7760', advertise: '192.0.2.1:7760'}"))
                .hasMessageContaining("allowPlainOnOpenNetwork");
        assertThatThrownBy(() -> open("{listen: '0.0.0.0:7760', allowPlainOnOpenNetwork: true}"))
                .hasMessageContaining("advertise");
        open("{listen: '192.0.2.1:7760', allowPlainOnOpenNetwork: true}").close();
        open("listen: 127.0.0.1:7760").close();
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            assertThatThrownBy(() -> nodes.start(2, JGroupsCluster.Config.of(one.address())))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("Is the port in use");
        }
    }

    @Test
    void aFileOfAddressesMayChange() throws IOException {
        var file = directory.resolve("addresses");
        var listen = JGroupsCluster.Config.of("127.0.0.1:0");
        var config = new JGroupsCluster.Config(
                listen.listen(),
                null,
                new Discovery.File(file),
                null,
                false,
                listen.unreachableAfter(),
                listen.window(),
                listen.maxFrame());
        try (var nodes = new Nodes()) {
            nodes.allow("cannot be read; trying again");
            var one = nodes.start(1, listen);
            var two = nodes.start(2, config);
            Nodes.await("the missing file is logged", () -> nodes.warned("cannot be read; trying again"));

            Files.writeString(file, "# the first node\n\n" + one.address() + "\n");

            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            assertThat(one.monitor().value("legion.cluster.members")).isEqualTo(1);
        }
    }

    private static JGroupsCluster open(String text) {
        try (var logger = RecordingLogger.open()) {
            logger.allow(Logger.Priority.INFO, "");
            return JGroupsCluster.open(
                    Configuration.parse("test", text, JGroupsCluster.Config.class), logger, RecordingMonitor.open());
        }
    }
}
