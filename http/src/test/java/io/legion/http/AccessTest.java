package io.legion.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final Authentication BOTH = new Authentication("t0ken", null, "eureka", "pass:word", null);

    @TempDir
    private Path directory;

    @Test
    void whoShowsTheTokenOrThePasswordMayGoOn() {
        var access = Access.of(BOTH);
        assertThat(access.refusal("Bearer t0ken")).isEmpty();
        assertThat(access.refusal("bearer  t0ken ")).isEmpty();
        assertThat(access.refusal(basic("eureka:pass:word"))).isEmpty();
    }

    @Test
    void everybodyElseIsRefused() {
        var access = Access.of(BOTH);
        for (var wrong : new String[] {
            null,
            "",
            "Bearer",
            "Bearer ",
            "Bearer t0ke",
            "Bearer t0kenn",
            "t0ken",
            "Basic",
            "Basic %%%",
            "Basic ",
            basic("eureka:pass"),
            basic("eureka"),
            basic(":pass:word"),
            basic("t0ken"),
            "Digest t0ken",
            "Bearer eureka:pass:word"
        }) {
            assertThat(access.refusal(wrong)).as(wrong).hasValueSatisfying(reply -> {
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.headers().get("WWW-Authenticate"))
                        .startsWith("Basic ")
                        .contains(", Bearer ");
            });
        }
    }

    @Test
    void blanksAroundATokenDoNotCount() {
        var access = Access.of(new Authentication(" t0ken ", null, null, null, null));
        assertThat(access.refusal("Bearer t0ken")).isEmpty();
    }

    @Test
    void withoutASettingEverybodyMayGoOn() {
        assertThat(Access.of(null).refusal(null)).isEmpty();
    }

    @Test
    void secretsComeFromFiles() throws IOException {
        var token = Files.writeString(directory.resolve("token"), "abc\n");
        var access = Access.of(new Authentication(null, token, null, null, null));
        assertThat(access.refusal("Bearer abc")).isEmpty();
        assertThat(access.refusal("Bearer abcd")).isPresent();
        var empty = Files.writeString(directory.resolve("empty"), "\n");
        assertThatThrownBy(() -> Access.of(new Authentication(null, empty, null, null, null)))
                .hasMessageContaining("token is empty in the file");
        assertThatThrownBy(() -> Access.of(new Authentication(null, directory.resolve("none"), null, null, null)))
                .hasMessageContaining("can not be read");
    }

    @Test
    void secretsAreInNoText() {
        var config = TestServer.config(Map.of("authentication", BOTH));
        assertThat(config.toString()).contains("eureka").doesNotContain("t0ken", "pass:word");
    }

    @Test
    void whatIsMissingOrGivenTwiceIsRefused() {
        assertThatThrownBy(() -> new Authentication(null, null, null, null, null))
                .hasMessageContaining("give a token");
        assertThatThrownBy(() -> new Authentication(null, null, "u", null, null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication(null, null, null, "p", null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication("t", Path.of("t"), null, null, null))
                .hasMessageContaining("either token or tokenFile");
        assertThatThrownBy(() -> new Authentication(null, null, "a:b", "p", null))
                .hasMessageContaining("colon");
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

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
