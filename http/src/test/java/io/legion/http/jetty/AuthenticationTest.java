package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.Authentication;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthenticationTest {
    private static final Authentication BOTH = new Authentication("t0ken", null, "eureka", "pass:word", null, null);

    @Test
    void secretsAreInNoText() {
        var config = TestServer.config(Map.of("authentication", BOTH));
        assertThat(config.toString()).contains("eureka").doesNotContain("t0ken", "pass:word");
    }

    @Test
    void aRequestWithoutTheTokenIsNotExecutedAndItsBodyIsNoRequest() {
        try (var server = TestServer.open(Map.of("authentication", BOTH))) {
            var put = "PUT /echo HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer t0ken\r\nContent-Length: 2\r\n\r\nhi";
            var anonymous = "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: " + put.length() + "\r\n\r\n" + put;
            assertThat(server.raw(anonymous)).startsWith("HTTP/1.1 401").contains("WWW-Authenticate: Basic");
            assertThat(server.executed).hasValue(0);
            assertThat(server.client().send(put).until("hi")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void anAnonymousRouteAnswersEverybody() {
        try (var server = TestServer.open(Map.of("authentication", BOTH))) {
            assertThat(server.raw("GET /anonymous HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(server.raw("GET //anonymous? HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(server.raw("PUT /anonymous HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(server.raw("GET /anonymous?%FF HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401");
            assertThat(server.raw("GET /anonymous/x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 401");
        }
    }
}
