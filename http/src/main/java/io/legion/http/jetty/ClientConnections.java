package io.legion.http.jetty;

import io.legion.service.AddressBlock;
import io.legion.service.Monitor;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// The open connections. It closes those whose client takes too long, and keeps their number within bounds.
///
/// When there are as many as may be, a new one takes the place of the one that has waited longest without
/// bringing a whole head: so connections that only wait do not keep out those that ask something.
///
/// **Threads.** Any.
final class ClientConnections implements Connection.Listener {
    private static final Comparator<Waiting> LONGEST = Comparator.comparingLong(Waiting::nanos);

    private final JettyHttpServer.Config config;
    private final Map<EndPoint, ClientConnection> open = new ConcurrentHashMap<>();
    private final Map<AddressBlock, Integer> perAddress = new ConcurrentHashMap<>();
    private final Monitor.Counter dropped;

    ClientConnections(JettyHttpServer.Config config, Monitor monitor) {
        this.config = config;
        this.dropped = monitor.counter("http.connections.dropped");
    }

    int size() {
        return open.size();
    }

    @Override
    public void onOpened(Connection connection) {
        if (isOutermost(connection)) {
            var client = new ClientConnection(connection, System.nanoTime());
            // Once it is among the open ones, another thread may close it, and that counts it out again.
            int ofThisClient = perAddress.merge(client.address(), 1, Integer::sum);
            open.put(connection.getEndPoint(), client);
            boolean tooMany = open.size() > config.maximumConnections() && !makeRoom(client);
            if (tooMany || ofThisClient > config.maximumConnectionsPerAddress()) {
                drop(client);
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        var client = isOutermost(connection) ? open.remove(connection.getEndPoint()) : null;
        if (client != null) {
            perAddress.computeIfPresent(client.address(), (_, count) -> count > 1 ? count - 1 : null);
        }
    }

    /// Closes the connections that have waited longest for a head, at most so many.
    void makeRoom(int count) {
        waiting().sorted(LONGEST.reversed()).limit(count).forEach(waiting -> drop(waiting.client));
    }

    private boolean makeRoom(ClientConnection newest) {
        var other = waiting().filter(waiting -> waiting.client != newest).max(LONGEST);
        other.ifPresent(waiting -> drop(waiting.client));
        return other.isPresent();
    }

    /// @param nanos for how long it waits, as it was seen once: it changes while others are looked at
    private record Waiting(ClientConnection client, long nanos) {}

    private Stream<Waiting> waiting() {
        long now = System.nanoTime();
        return open.values().stream()
                .map(client -> new Waiting(client, client.waitsForHead(now)))
                .filter(waiting -> waiting.nanos >= 0);
    }

    /// Closes the connections whose time is over.
    void closeOverdue() {
        long now = System.nanoTime();
        open.values().stream().filter(client -> client.isOverdue(config, now)).forEach(this::drop);
    }

    /// For how many milliseconds more the client of this connection may be silent; 0 if it has been so for long
    /// enough.
    long mayBeSilentFor(EndPoint end, long nowNanos) {
        var client = open.get(end);
        return client == null ? 0 : client.mayBeSilentFor(config, nowNanos);
    }

    private void drop(ClientConnection client) {
        dropped.increment();
        client.close();
    }

    /// The connection that brought this request; null if the server has closed it meanwhile.
    @Nullable
    ClientConnection of(Request request) {
        var end = request.getConnectionMetaData().getConnection().getEndPoint();
        while (end instanceof EndPoint.Wrapper wrapper) {
            end = wrapper.unwrap();
        }
        return open.get(end);
    }

    /// Under TLS, Jetty has two connections one in the other; the outer one counts.
    private static boolean isOutermost(Connection connection) {
        return !(connection.getEndPoint() instanceof EndPoint.Wrapper);
    }
}
