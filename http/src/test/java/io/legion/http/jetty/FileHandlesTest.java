package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A process that runs out of file handles goes on serving, and says so once.
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileHandlesTest {
    private static final Path SHELL = Path.of("/bin/bash");
    private static final int HANDLES = 150;
    private static final String GET = "GET /echo HTTP/1.0\r\n\r\n";

    @Test
    void acceptingPausesAndGoesOn() throws IOException {
        assumeTrue(Files.isExecutable(SHELL), "the limit of file handles is set by a shell");
        var limited = List.of(SHELL.toString(), "-c", "ulimit -n " + HANDLES + " && exec \"$@\"", "server");
        try (var server = OtherJvm.start(limited, List.of(), TestServerMain.class, "port: 0")) {
            int port = Integer.parseInt(server.line());
            var many = new ArrayList<RawClient>();
            for (int i = 0; i < 2 * HANDLES; i++) {
                many.add(RawClient.connect(port));
            }
            try (var during = RawClient.connect(port)) {
                assertThat(during.send(GET).untilClosed())
                        .as("while others hold all")
                        .startsWith("HTTP/1.1 200");
            }
            many.forEach(RawClient::close);
            try (var after = RawClient.connect(port)) {
                assertThat(after.send(GET).untilClosed()).startsWith("HTTP/1.1 200");
            }
            assertThat(server.end()).containsOnlyOnce("no connection can be accepted now");
        }
    }
}
