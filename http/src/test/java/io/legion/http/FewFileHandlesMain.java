package io.legion.http;

import java.io.IOException;
import java.util.Map;

/// A server in a process of its own, which prints its port, and ends when its standard input does.
public final class FewFileHandlesMain {
    private FewFileHandlesMain() {}

    public static void main(String[] arguments) throws IOException {
        var server = TestServer.open(Map.of());
        server.raw("GET /echo HTTP/1.0\r\n\r\n"); // classes in folders need file handles to be loaded
        System.out.println(server.port());
        System.in.read();
        server.logger.messages().forEach(message -> System.out.println(message.priority() + " " + message.text()));
        System.exit(0);
    }
}
