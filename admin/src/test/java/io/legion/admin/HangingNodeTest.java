package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.Logger.Priority;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The admin service of a node that hangs in a write to its store, and so answers no question.
@Timeout(120)
class HangingNodeTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final String WHY = "does nothing: a write to its store may hang";

    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final ScriptedNode self = cluster.node(1);
    private final TestAdmin admin = TestAdmin.open(cluster, PATIENCE);

    @BeforeEach
    void hang() {
        assertThat(admin.get("/cluster").statusCode()).isEqualTo(200);
        self.hangs();
        while (!seen().get("whyNotKnown").toString().contains("as it was at")) {
            Thread.onSpinWait(); // the last picture is fresh for a moment
        }
    }

    @AfterEach
    void close() {
        self.goesOn();
        admin.close();
    }

    private static HttpResponse<String> soon(Supplier<HttpResponse<String>> request) {
        var reply = CompletableFuture.supplyAsync(request);
        assertThat(reply).succeedsWithin(SOON);
        return reply.join();
    }

    private HttpResponse<String> get(String path) {
        return soon(() -> admin.get(path));
    }

    /// The node itself, as its own service sees it.
    private JsonNode seen() {
        var reply = get("/cluster");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new JsonMapper().readTree(reply.body()).get("nodes").get(0);
    }

    @Test
    void itShowsTheClusterAsItWasAndNamesTheNode() {
        assertThat(seen().get("whyNotKnown").asString()).contains(WHY, "as it was at");
        assertThat(get("/cluster").body()).contains("NODE_NOT_ANSWERING");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).contains("has not said within 1 s");
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void whatOnlyTheNodeKnowsIsRefusedWithWords() {
        for (var path : List.of("/types", "/partitions/account", "/partitions/account/a", "/index?type=account")) {
            var reply = get(path);
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body()).contains(WHY);
        }
    }

    @Test
    void ordersAreRefusedAndNeverCarriedOut() {
        var reply = soon(() -> admin.order("/nodes/" + cluster.node(2).id() + "/eject", ""));
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(reply.body()).contains(WHY, "The order was not sent; nothing was changed.");
        admin.logger.expect(
                Priority.WARNING,
                "was refused an order (409): POST /nodes/" + cluster.node(2).id() + "/eject: The node " + self.id()
                        + " does nothing");
        assertThat(admin.logger.messages(Priority.WARNING, "unknown")).isEmpty();
        self.goesOn();
        while (!seen().get("known").asBoolean()) {
            Thread.onSpinWait();
        }
        assertThat(self.orders).isEmpty();
        assertThat(soon(() -> admin.order("/nodes/" + cluster.node(2).id() + "/eject", ""))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void noRequestAddsAThreadThatWaits() {
        long before = waiting();
        for (int i = 0; i < 10; i++) {
            get("/cluster");
            get("/types");
            get("/index?type=account");
        }
        assertThat(before).isPositive();
        assertThat(waiting()).isLessThanOrEqualTo(before);
    }

    private static long waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("admin-call"))
                .count();
    }

    @Test
    void aServiceThatNeverSawTheClusterSaysWhyItShowsNone() {
        try (var late = TestAdmin.open(cluster, PATIENCE)) {
            var reply = soon(() -> late.get("/cluster"));
            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body()).contains(WHY);
            late.logger.allow(Priority.WARNING, "could not be looked at");
        }
    }

    @Test
    void theServiceIsClosedAllTheSame() {
        assertThat(CompletableFuture.runAsync(admin::close)).succeedsWithin(Duration.ofSeconds(20));
    }
}
