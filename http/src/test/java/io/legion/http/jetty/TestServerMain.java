package io.legion.http.jetty;

import io.legion.service.Configuration;
import java.io.IOException;

/// A [TestServer] in a process of its own, with the settings that its arguments are, such as `port: 0`. It prints its
/// port, and when its standard input ends what it has logged.
public final class TestServerMain {
    private TestServerMain() {}

    public static void main(String[] arguments) throws IOException {
        var settings = String.join("\n", arguments);
        var config = Configuration.parse("the arguments", settings, JettyHttpServer.Config.class);
        var server = TestServer.open(config, LargeReplies.WHOLE, LargeReplies.STREAM);
        try (var client = RawClient.connect(config.host(), server.port(), 0)) {
            // Classes in folders need file handles to be loaded.
            client.send("GET /echo HTTP/1.0\r\n\r\n").untilClosed();
        }
        System.out.println(server.port());
        System.in.read();
        server.logger.messages().forEach(message -> System.out.println(message.priority() + " " + message.text()));
        System.exit(0);
    }
}
