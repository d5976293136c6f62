package io.legion.http.jetty;

import io.legion.service.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens as many connections as its first argument says that only keep the server waiting, a quarter of each kind, and
/// holds them until the server closes them. Meanwhile other clients make requests. Prints how long the server waited,
/// and how long the other clients; exits with 1 if either was too long.
///
/// The server has its default deadlines, or all of the length that a second argument says. The server and this process
/// need a file handle for each connection, and some hundred more.
public final class IdleConnectionsMain implements AutoCloseable {
    private static final Duration TRICKLE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_PER_ADDRESS = 1000;

    /// So many connections come at once, and then a pause: 2000 in a second.
    private static final int AT_ONCE = 20;

    private static final Duration PAUSE = Duration.ofMillis(10);

    /// What is compiled quickly rather than well is so before the attack.
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");

    private static final int WARMING_REQUESTS = 500;

    private final InetSocketAddress server;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    private final List<WaitingClient> clients = new ArrayList<>();
    private long trickledNanos = System.nanoTime();
    private long open;

    private IdleConnectionsMain(int port) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var outcome = run(Integer.parseInt(arguments[0]), arguments.length > 1 ? arguments[1] : "");
        System.out.println(outcome);
        System.exit(outcome.faults().isEmpty() ? 0 : 1);
    }

    /// @param deadlines the length of all deadlines; empty for the default of each
    static IdleConnectionsOutcome run(int count, String deadlines) throws IOException, InterruptedException {
        var settings = new ArrayList<>(List.of("port: 0", "maximumConnections: " + (count + 1000)));
        if (!deadlines.isEmpty()) {
            for (var name : List.of("headTimeout: ", "bodyTimeout: ", "idleTimeout: ")) {
                settings.add(name + deadlines);
            }
        }
        var config = Configuration.parse("the settings", String.join("\n", settings), JettyHttpServer.Config.class);
        try (var server = OtherJvm.start(List.of(), FLAGS, TestServerMain.class, settings.toArray(String[]::new))) {
            int port = Integer.parseInt(server.line());
            try (var main = new IdleConnectionsMain(port);
                    var others = OtherClients.start(port, WARMING_REQUESTS)) {
                main.connect(count, others);
                main.hold(config, others);
                return new IdleConnectionsOutcome(config, main.clients, others.end(), connections(port));
            }
        }
    }

    private void connect(int count, OtherClients others) throws IOException {
        others.during(OtherClients.During.OPENING);
        var kinds = WaitingClient.Kind.values();
        for (int number = 0; number < count; number++) {
            var from = "127.0.0." + (1 + number / MOST_PER_ADDRESS);
            clients.add(WaitingClient.open(kinds[number % kinds.length], from, server, selector));
            if (clients.size() % AT_ONCE == 0) {
                look(PAUSE);
            }
        }
        open = count;
    }

    /// Until the server has closed all of them, or is far too late.
    private void hold(JettyHttpServer.Config config, OtherClients others) throws IOException {
        long end = System.nanoTime() + config.idleTimeout().plusSeconds(20).toNanos();
        while (open > 0 && System.nanoTime() < end) {
            look(LOOK);
            long before = open;
            open = clients.stream().filter(WaitingClient::isOpen).count();
            others.during(open < before ? OtherClients.During.CLOSING : OtherClients.During.WAITING);
        }
    }

    /// Sees for so long what the server sends and closes, and trickles when it is time.
    private void look(Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            selector.select(this::read, left);
        }
        if (System.nanoTime() - trickledNanos > TRICKLE.toNanos()) {
            trickledNanos = System.nanoTime();
            clients.forEach(WaitingClient::trickle);
        }
    }

    private void read(SelectionKey key) {
        ((WaitingClient) key.attachment()).read(buffer);
    }

    /// How many connections the server has beside the one that asks.
    private static int connections(int port) {
        try (var client = RawClient.connect(port)) {
            var reply = client.send("GET /connections HTTP/1.0\r\n\r\n").untilClosed();
            return Integer.parseInt(reply.substring(reply.indexOf("\r\n\r\n") + 4)) - 1;
        }
    }

    @Override
    public void close() throws IOException {
        clients.forEach(WaitingClient::close);
        selector.close();
    }
}
