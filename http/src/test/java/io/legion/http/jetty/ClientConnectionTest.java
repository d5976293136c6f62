package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.jetty.ClientConnection.Phase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.Test;

/// How long a client may be silent.
class ClientConnectionTest {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final JettyHttpServer.Config config = TestServer.config(Map.of("idleTimeout", IDLE));
    private final EndPoint end = proxy(EndPoint.class, (_, _, _) -> null);
    private final Connection connection =
            proxy(Connection.class, (_, method, _) -> method.getName().equals("getEndPoint") ? end : (Object) 0L);
    private final ClientConnection client = new ClientConnection(connection, System.nanoTime());

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private long mayBeSilentFor(Duration after) {
        return client.mayBeSilentFor(config, System.nanoTime() + after.toNanos());
    }

    @Test
    void aClientForWhichTheServerWorksMayBeSilentForEver() {
        for (var phase : new Phase[] {Phase.WORK, Phase.STREAM}) {
            client.enter(phase);
            assertThat(mayBeSilentFor(IDLE.multipliedBy(100))).isEqualTo(IDLE.toMillis());
        }
    }

    /// However long the server has worked before: Jetty counts from the last byte, and would end a reply that begins
    /// when the time since that is over.
    @Test
    void aClientForWhichTheServerWaitsHasTheWholeTimeFromThenOn() {
        for (var phase : new Phase[] {Phase.IDLE, Phase.HEAD, Phase.BODY, Phase.REPLY}) {
            client.enter(Phase.WORK);
            client.enter(phase);
            assertThat(mayBeSilentFor(Duration.ZERO)).isBetween(IDLE.toMillis() / 2, IDLE.toMillis());
            assertThat(mayBeSilentFor(IDLE)).isZero();
        }
    }
}
