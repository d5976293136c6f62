package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A node with a small heap, and clients that register without end.
class FullRegistryTest {
    private static final List<String> SMALL_HEAP = List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
    private static final int EACH = 8_000;
    private static final int MORE_THAN_FIT = 8_000;

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    void aNodeWhoseHeapIsFilledRefusesInWordsAndGoesOn() throws IOException {
        var text = NodeText.of(directory.resolve("store"), FreePort.next());
        try (var node = RegistryNode.start(directory, SMALL_HEAP, text).ready();
                var client = new LoadClient(node.port())) {
            int taken = 0;
            while (taken < MORE_THAN_FIT && register(client, taken) == 204) {
                taken++;
                if (taken % 500 == 0) {
                    assertThat(client.send("GET", "/eureka/apps/delta", "")).isEqualTo(200);
                }
            }
            assertThat(taken).isBetween(1000, MORE_THAN_FIT - 1);
            var refused = node.send("POST", "/eureka/apps/FULL", body(taken));
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(refused.body()).contains("the registry is full");
            for (int i = 0; i < 100; i++) {
                assertThat(register(client, MORE_THAN_FIT + i)).isEqualTo(507);
                assertThat(client.send("PUT", "/eureka/apps/FULL/i" + i, "")).isEqualTo(200);
            }
            assertThat(node.get("/eureka/apps").body().split("instanceId", -1)).hasSize(taken + 1);
            assertThat(register(client, 0)).isEqualTo(204);
        }
    }

    private static int register(LoadClient client, int number) throws IOException {
        return client.send("POST", "/eureka/apps/FULL", body(number));
    }

    private static String body(int number) {
        return """
                {"instance":{"instanceId":"i%d","app":"FULL","hostName":"h","ipAddr":"10.0.0.1","status":"UP",
                "lastDirtyTimestamp":"1","dataCenterInfo":{"@class":"x","name":"MyOwn"},
                "metadata":{"large":"%s"}}}
                """.formatted(number, "x".repeat(EACH));
    }
}
