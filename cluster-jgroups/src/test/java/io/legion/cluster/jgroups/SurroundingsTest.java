package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.cluster.jgroups.wire.Doorbook;
import io.legion.cluster.jgroups.wire.JGroupsLog;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import org.jgroups.logging.CustomLogFactory;
import org.jgroups.logging.Log;
import org.jgroups.logging.LogFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a process has around Legion, and means for others: a language, and properties of another user of
/// JGroups.
@Timeout(120)
final class SurroundingsTest {
    private static final String ADDRESS = "jgroups.bind_addr";
    private static final String PORT = "jgroups.bind_port";
    private static final String EXTERNAL_ADDRESS = "jgroups.external_addr";
    private static final String EXTERNAL_PORT = "jgroups.external_port";
    private static final String CLIENT_ADDRESS = "jgroups.tcp.client_bind_addr";
    private static final String HOSTS = "jgroups.tcpping.initial_hosts";

    private final Locale before = Locale.getDefault();

    @AfterEach
    void putBack() {
        Locale.setDefault(before);
        LogFactory.setCustomLogFactory(null);
        for (var property : List.of(ADDRESS, PORT, EXTERNAL_ADDRESS, EXTERNAL_PORT, CLIENT_ADDRESS, HOSTS)) {
            System.clearProperty(property);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "ne-NP", "fa-IR", "my-MM"})
    void nodesWhoseLanguageHasDigitsOfItsOwnFindEachOther(String language) {
        var log = RecordingLogger.open();
        LogFactory.setCustomLogFactory(new CustomLogFactory() {
            @Override
            public Log getLog(Class<?> clazz) {
                return new JGroupsLog(log, _ -> {}, new Doorbook());
            }

            @Override
            public Log getLog(String category) {
                return new JGroupsLog(log, _ -> {}, new Doorbook());
            }
        });
        Locale.setDefault(Locale.forLanguageTag(language));
        var all = Counters.addresses(2);
        try (var one = Counters.open(Counters.config(all.get(0), all), b -> b.mayFound(true), Counters.TYPE);
                var two = Counters.open(Counters.config(all.get(1), all), b -> b, Counters.TYPE)) {
            assertThat(one.add()).isEqualTo(1);
            assertThat(two.add()).isEqualTo(2);
            assertThat(one.cluster().address()).contains(all.get(0));
            Nodes.await(
                    "they are one group of JGroups too",
                    () -> log.messages(Logger.Priority.DEBUG, "installing view").stream()
                            .anyMatch(view -> view.text().contains("] (2) [")));
            assertThat(log.messages(Logger.Priority.DEBUG, "FormatConversion")).isEmpty();
        }
    }

    /// The language changes after the node has begun to listen: JGroups, which still joins, cannot go on.
    @Test
    void aFailureAfterTheNodeHasBegunToListenIsLogged() {
        try (var nodes = new Nodes()) {
            nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            Nodes.await("it is logged", () -> nodes.erred("no other node finds this one"));
            nodes.expect(Logger.Priority.ERROR, "no other node finds this one");
        }
    }

    @Test
    void propertiesForAnotherUserOfJGroupsDoNotMoveTheNode() throws Exception {
        var address = Counters.addresses(2);
        System.setProperty(ADDRESS, "0.0.0.0");
        System.setProperty(PORT, address.get(1).substring(address.get(1).indexOf(':') + 1));
        try (var nodes = new Nodes()) {
            var one = nodes.start(1, JGroupsCluster.Config.of(address.get(0)));
            assertThat(one.address()).isEqualTo(address.get(0));
            int port = Integer.parseInt(address.get(0).substring(address.get(0).indexOf(':') + 1));
            // 127.0.0.3 reaches a socket on all addresses, and none that listens on 127.0.0.1.
            try (var socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress("127.0.0.3", port), 1_000))
                        .isInstanceOf(ConnectException.class);
            }
        }
    }

    @Test
    void propertiesForAnotherUserOfJGroupsDoNotSayWhereTheNodeIsOrWhomItCalls() throws Exception {
        System.setProperty(EXTERNAL_ADDRESS, "127.0.0.9");
        System.setProperty(EXTERNAL_PORT, "9");
        System.setProperty(CLIENT_ADDRESS, "127.0.0.8");
        try (var stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var nodes = new Nodes()) {
            System.setProperty(HOSTS, "127.0.0.1[" + stranger.getLocalPort() + "]");
            var one = nodes.start(1, JGroupsCluster.Config.of("127.0.0.1:0"));
            assertThat(one.address()).startsWith("127.0.0.1:");
            var two = nodes.start(2, JGroupsCluster.Config.of("127.0.0.1:0"), one.address());
            Nodes.await("both see each other", () -> one.sees(two) && two.sees(one));
            stranger.setSoTimeout(2_000);
            assertThatThrownBy(stranger::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }
}
