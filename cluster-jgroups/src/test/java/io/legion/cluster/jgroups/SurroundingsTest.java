package io.legion.cluster.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;
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

    private final Locale before = Locale.getDefault();

    @AfterEach
    void putBack() {
        Locale.setDefault(before);
        System.clearProperty(ADDRESS);
        System.clearProperty(PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "ne-NP", "fa-IR", "my-MM"})
    void nodesWhoseLanguageHasDigitsOfItsOwnFindEachOther(String language) {
        Locale.setDefault(Locale.forLanguageTag(language));
        var all = Counters.addresses(2);
        try (var one = Counters.open(Counters.config(all.get(0), all), b -> b.mayFound(true), Counters.TYPE);
                var two = Counters.open(Counters.config(all.get(1), all), b -> b, Counters.TYPE)) {
            assertThat(one.add()).isEqualTo(1);
            assertThat(two.add()).isEqualTo(2);
            assertThat(one.cluster().address()).contains(all.get(0));
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
}
