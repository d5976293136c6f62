package io.legion.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Router ROUTER = new Router(List.of(new Route("GET", "/here", _ -> ApiReply.of(204))));

    private static ApiRequest get(String segment) {
        return new ApiRequest(
                "GET",
                List.of(segment),
                Map.of(),
                _ -> Optional.empty(),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                "somebody",
                Map.of());
    }

    @Test
    void aGateRefusesBeforeARouteHears() {
        var router = ROUTER.behind(new Gate() {
            @Override
            public void check(ApiRequest request) {
                throw new HttpException(421, "not here, " + request.caller());
            }
        });
        assertThat(router.answer(get("here")).status()).isEqualTo(421);
        assertThat(router.answer(get("elsewhere")).status()).isEqualTo(421);
        assertThat(ROUTER.answer(get("here")).status()).isEqualTo(204);
    }

    @Test
    void aRefusalBecomesProblemDetailsAndKeepsItsHeaders() {
        var problem = ApiReply.refusal(404, "there is \"nothing\"")
                .header("Retry-After", "1")
                .asProblem();
        assertThat(problem.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("Retry-After", "1");
        assertThat(new String(problem.body(), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"there is \\\"nothing\\\"\"}");
    }

    @Test
    void whatIsNoRefusalStaysAsItIs() {
        var reply = ApiReply.of(200, "text/plain", new byte[] {1});
        assertThat(reply.asProblem()).isSameAs(reply);
    }
}
