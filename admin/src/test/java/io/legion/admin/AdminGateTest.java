package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.api.Audit;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.service.RecordingLogger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A page of another site, in the browser of an operator, can neither read nor act.
class AdminGateTest {
    private static final AdminGate GATE = new AdminGate(List.of("Admin.Example"), new Audit(RecordingLogger.open()));

    /// @param headers names and values in turn
    private static int asked(String method, List<String> path, String... headers) {
        var named = Arrays.asList(headers);
        var request = new ApiRequest(
                method,
                path,
                Map.of(),
                name -> named.indexOf(name) < 0 ? Optional.empty() : Optional.of(named.get(named.indexOf(name) + 1)),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                "anonymous",
                Map.of());
        try {
            GATE.check(request);
            return 200;
        } catch (HttpException refused) {
            return refused.status();
        }
    }

    private static int get(String... headers) {
        return asked("GET", List.of("cluster"), headers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:9761",
                "127.0.0.1",
                "localhost:9761",
                "LOCALHOST",
                "[::1]:9761",
                "10.0.0.7:9761",
                "admin.example",
                "admin.example:443"
            })
    void addressesLoopbackAndConfiguredNamesAreThisServer(String host) {
        assertThat(get("Host", host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "evil.example:9761",
                "xn--localhost",
                "admin.example.evil",
                "[evil.example]",
                "127.0.0.1:9761@evil.example",
                "",
                ":9761"
            })
    void aNameThatSomebodyElseControlsIsNot(String host) {
        assertThat(get("Host", host)).isEqualTo(421);
    }

    @Test
    void anOriginMustBeThisServer() {
        assertThat(get("Host", "127.0.0.1:9761", "Origin", "http://127.0.0.1:9761"))
                .isEqualTo(200);
        for (var origin : List.of(
                "http://evil.example",
                "http://127.0.0.1:8761",
                "http://localhost:9761",
                "null",
                "http://127.0.0.1:9761.evil.example",
                "http://evil.example/http://127.0.0.1:9761",
                "%%%")) {
            assertThat(get("Host", "127.0.0.1:9761", "Origin", origin))
                    .as(origin)
                    .isEqualTo(403);
        }
    }

    @Test
    void anotherSiteMayOnlyOpenThePage() {
        assertThat(get("Host", "localhost", "Sec-Fetch-Site", "same-origin")).isEqualTo(200);
        assertThat(get("Host", "localhost", "Sec-Fetch-Site", "none")).isEqualTo(200);
        for (var site : List.of("cross-site", "same-site", "else")) {
            assertThat(get("Host", "localhost", "Sec-Fetch-Site", site)).isEqualTo(403);
            String[] opening = {
                "Host", "localhost", "Sec-Fetch-Site", site, "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"
            };
            assertThat(asked("GET", List.of(), opening)).isEqualTo(200);
            assertThat(asked("GET", List.of("cluster"), opening)).isEqualTo(403);
            assertThat(asked("POST", List.of(), opening)).isEqualTo(403);
            opening[7] = "iframe";
            assertThat(asked("GET", List.of(), opening)).isEqualTo(403);
        }
    }

    @Test
    void everyReplyHasThePolicyAndIsKeptByNobody() {
        assertThat(GATE.passing(ApiReply.refusal(404, "no")).headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .hasEntrySatisfying(
                        "Content-Security-Policy",
                        policy -> assertThat(policy)
                                .startsWith("default-src 'self';")
                                .contains("frame-ancestors 'none'")
                                .doesNotContain("unsafe"))
                .doesNotContainKey("Access-Control-Allow-Origin");
        assertThat(GATE.passing(ApiReply.of(304).header("Cache-Control", "no-cache"))
                        .headers())
                .containsEntry("Cache-Control", "no-cache");
    }
}
