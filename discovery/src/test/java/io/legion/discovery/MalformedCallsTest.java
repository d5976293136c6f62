package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients send is never a fault of the registry, and spoils no answer that others get.
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedCallsTest {
    private static final int COUNT = Integer.getInteger("legion.discovery.malformed", 5_000);
    private static final long SEED = Long.getLong("legion.discovery.seed", 14);
    private static final int PATIENCE_MILLIS = 20_000;

    @Test
    void noneIsAFaultOfTheRegistryOrSpoilsALaterAnswer() throws Exception {
        try (var registry = new TestRegistry(new ManualClock())) {
            var statuses = new TreeMap<String, Integer>();
            assertThat(printed(() -> send(registry, statuses)))
                    .as("beside the log")
                    .isEmpty();
            assertThat(statuses).containsKeys("200", "201", "204", "400", "404", "415");
            assertThat(registry.get("/eureka/apps").body()).satisfies(body -> Json.MAPPER.readTree(body));
            assertThat(registry.get("/v1/services?limit=1000").statusCode()).isEqualTo(200);
            assertThat(registry.get("/v1/services/orders?version=%5E1").statusCode())
                    .isEqualTo(200);
            assertThat(registry.get("/").statusCode()).isEqualTo(200);
            parseXml(registry.send("GET", "/eureka/apps", "", "Accept", "application/xml")
                    .body());
        }
    }

    private static void send(TestRegistry registry, Map<String, Integer> statuses) {
        var calls = new MalformedCalls(SEED);
        for (int i = 0; i < COUNT; i++) {
            var call = calls.next();
            var status = status(registry, call);
            assertThat(status)
                    .as("the status for %s", call)
                    .startsWith("HTTP/1.1 ")
                    .doesNotContain(" 5");
            statuses.merge(status.substring(9, 12), 1, Integer::sum);
        }
    }

    /// What goes to the standard error stream meanwhile.
    private static String printed(Runnable work) {
        var usual = System.err;
        var printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String status(TestRegistry registry, String call) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), registry.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(call.getBytes(StandardCharsets.ISO_8859_1));
            var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return reply.lines().findFirst().orElse("no reply");
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static void parseXml(String text) throws Exception {
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
