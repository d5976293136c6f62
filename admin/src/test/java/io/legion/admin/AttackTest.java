package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.Logger.Priority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients send is never a fault of the service, changes nothing, and keeps nobody else out.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AttackTest {
    private static final int COUNT = Integer.getInteger("legion.admin.malformed", 2_000);
    private static final long SEED = Long.getLong("legion.admin.seed", 15);
    private static final int PATIENCE_MILLIS = 20_000;

    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final HostileRequests requests = new HostileRequests(SEED);

    private static Socket connect(TestAdmin admin) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), admin.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static String status(TestAdmin admin, String request) throws IOException {
        try (var socket = connect(admin)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var reply = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return reply.length() < 12 ? "closed" : reply.substring(9);
        }
    }

    @Test
    void malformedRequestsAndTricksWithPathsAreRefused() throws IOException {
        try (var admin = TestAdmin.openWithoutPace(cluster)) {
            admin.logger.allow(Priority.WARNING, "was refused an order");
            admin.logger.allow(Priority.WARNING, "without a line here");
            var statuses = new TreeMap<String, Integer>();
            for (int i = 0; i < COUNT; i++) {
                var request = requests.next();
                var status = status(admin, request);
                assertThat(status).as(request).doesNotStartWith("5");
                statuses.merge(status, 1, Integer::sum);
            }
            assertThat(statuses).containsKeys("200", "400", "403", "404", "421");
            cluster.nodes().forEach(node -> assertThat(node.orders).isEmpty());
            assertThat(admin.get("/cluster").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aHugeBodyIsRefusedBeforeItComes() throws IOException {
        try (var admin = TestAdmin.open(cluster)) {
            var head = "POST /force HTTP/1.1\r\nHost: 127.0.0.1\r\nLegion-Act: yes\r\n";
            assertThat(status(admin, head + "Content-Length: 999999999\r\n\r\n"))
                    .isEqualTo("413");
            var chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
            assertThat(status(admin, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk))
                    .isEqualTo("413");
        }
    }

    @Test
    void clientsThatSendSlowlyKeepNobodyOut() throws IOException {
        var slow = new ArrayList<Socket>();
        try (var admin = TestAdmin.open(cluster)) {
            for (int i = 0; i < 200; i++) {
                var socket = connect(admin);
                socket.getOutputStream()
                        .write((i % 2 == 0
                                        ? "GET /clu"
                                        : "POST /force HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            long start = System.nanoTime();
            // New connections: one that a client keeps may have to make room for others.
            for (int i = 0; i < 20; i++) {
                assertThat(status(admin, "GET /cluster HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                        .isEqualTo("200");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            cluster.nodes().forEach(node -> assertThat(node.orders).isEmpty());
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }
}
