package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Replies of 50 MB arrive whole in another network, where sockets take less at once than over the loopback interface:
/// whole ones and streams, compressed or not, to slow readers too.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeReplyOverANetworkTest {
    private static final int COUNT = Integer.getInteger("legion.http.fetches", 12);

    @Test
    void noneComesShort() throws IOException {
        var refusal = JoinedNetworks.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        try (var networks = JoinedNetworks.open();
                var server = OtherJvm.start(
                        networks.atServer(),
                        List.of(),
                        TestServerMain.class,
                        "host: " + JoinedNetworks.SERVER,
                        "port: 0",
                        "allowPlainOnOpenNetwork: true",
                        "allowAnonymousOnOpenNetwork: true")) {
            var uri = "http://" + JoinedNetworks.SERVER + ":" + server.line();
            try (var clients = OtherJvm.start(
                    networks.atClients(), List.of(), LargeFetchesMain.class, uri, String.valueOf(COUNT))) {
                assertThat(clients.end()).isEqualTo(COUNT + " of " + COUNT + " whole");
            }
        }
    }
}
