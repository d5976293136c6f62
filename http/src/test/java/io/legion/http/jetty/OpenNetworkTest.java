package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.Authentication;
import io.legion.http.HttpTls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenNetworkTest {
    private static final Authentication TOKEN = new Authentication("t", null, null, null, null, null);
    private static final HttpTls TLS = new HttpTls(java.nio.file.Path.of("k.p12"), "p", null, null, null);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void onALoopbackAddressNothingIsNeeded(String host) throws IOException {
        OpenNetwork.requireAllowed(TestServer.config(Map.of("host", host)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void elsewhereTlsAndAuthenticationAreNeededOrAllowedByName(String host) throws IOException {
        assertThatThrownBy(() -> OpenNetwork.requireAllowed(TestServer.config(Map.of("host", host))))
                .hasMessageContaining(host + ":0")
                .hasMessageContaining("without TLS")
                .hasMessageContaining("allowPlainOnOpenNetwork");
        for (var plain : List.of(Map.of("tls", TLS), Map.of("allowPlainOnOpenNetwork", true))) {
            var settings = new java.util.HashMap<String, Object>(plain);
            settings.put("host", host);
            assertThatThrownBy(() -> OpenNetwork.requireAllowed(TestServer.config(settings)))
                    .hasMessageContaining("without authentication")
                    .hasMessageContaining("allowAnonymousOnOpenNetwork");
            settings.put("allowAnonymousOnOpenNetwork", true);
            OpenNetwork.requireAllowed(TestServer.config(settings));
            settings.put("allowAnonymousOnOpenNetwork", false);
            settings.put("authentication", TOKEN);
            OpenNetwork.requireAllowed(TestServer.config(settings));
        }
    }

    @Test
    void aServerThatMayNotListenThereDoesNot() {
        assertThatThrownBy(() -> TestServer.open(Map.of("host", "0.0.0.0")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostThatIsNoneIsNamed() {
        assertThatThrownBy(() -> OpenNetwork.requireAllowed(TestServer.config(Map.of("host", "no.such.invalid"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no.such.invalid");
        assertThat(TestServer.config(Map.of()).host()).isEqualTo("127.0.0.1");
    }
}
