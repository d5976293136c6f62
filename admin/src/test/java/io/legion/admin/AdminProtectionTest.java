package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.Authentication;
import io.legion.http.HttpTls;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.service.Configuration;
import io.legion.service.Logger.Priority;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminProtectionTest {
    private static final Authentication TOKEN = new Authentication("t0ken", null, null, null, null, null);
    private static final HttpTls TLS = new HttpTls(Path.of("none.p12"), "p", null, null, null);

    private final ScriptedCluster cluster = new ScriptedCluster(1, 1);

    private void open(Map<String, Object> settings) throws Exception {
        var given = new HashMap<>(settings);
        given.put("host", "0.0.0.0");
        given.put("port", 0);
        try (var logger = RecordingLogger.open()) {
            Admin.open(Configuration.defaults(Admin.Config.class, given), cluster, () -> "", logger, Monitor.none());
        }
    }

    @Test
    void whereOtherMachinesReachItTlsAndAuthenticationAreNeeded() {
        for (Map<String, Object> settings :
                List.<Map<String, Object>>of(Map.of(), Map.of("tls", TLS), Map.of("authentication", TOKEN))) {
            assertThatThrownBy(() -> open(settings))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("0.0.0.0:0")
                    .hasMessageContaining("Configure tls")
                    .hasMessageContaining("loopback address")
                    .hasMessageContaining("is not opened");
        }
    }

    @Test
    void aWrongTokenIs401AndLeavesALineInTheLog() {
        try (var admin = TestAdmin.open(cluster, null, TOKEN)) {
            for (var headers : new String[][] {{}, {"Authorization", "Bearer t0ke"}, {"Authorization", "Basic dDpr"}}) {
                var reply = admin.get("/cluster", headers);
                assertThat(reply.statusCode()).isEqualTo(401);
                assertThat(reply.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"legion\"");
                assertThat(reply.body()).contains("bearer token").doesNotContain("t0ken");
            }
            assertThat(admin.get("/cluster", "Authorization", "Bearer t0ken").statusCode())
                    .isEqualTo(200);
            assertThat(admin.logger.messages(Priority.WARNING, "127.0.0.1 was refused (401)"))
                    .hasSize(3)
                    .allMatch(line -> line.text().contains("GET /cluster"));
            assertThat(admin.send("POST", "/force?dryRun=true", "{}", "Legion-Act", "yes")
                            .statusCode())
                    .isEqualTo(401);
            admin.logger.expect(Priority.WARNING, "is right: POST /force?dryRun=true");
            admin.logger.expect(Priority.WARNING, "was refused (401)");
        }
    }

    @Test
    void thePageAndHealthNeedNoToken() {
        try (var admin = TestAdmin.open(cluster, null, TOKEN)) {
            for (var path : List.of("/", "/health", "/health/live", "/health/ready")) {
                assertThat(admin.get(path).statusCode()).as(path).isEqualTo(200);
            }
            for (var path : List.of("/metrics", "/openapi.yaml", "/shards", "/divergent", "/nothing")) {
                assertThat(admin.get(path).statusCode()).as(path).isEqualTo(401);
            }
            admin.logger.expect(Priority.WARNING, "was refused (401)");
        }
    }

    @Test
    void aStrangerHearsThatTheNodeIsNotReadyAndNotWhy() {
        cluster.node(1).store = new StoreReport(StoreReport.State.FULL, "the disk of db-7 has no room");
        try (var admin = TestAdmin.open(cluster, null, TOKEN)) {
            for (var path : List.of("/health", "/health/ready")) {
                var told = admin.get(path);
                assertThat(told.statusCode()).isEqualTo(503);
                assertThat(told.body()).isEqualTo("{\"status\":\"DOWN\"}");
                assertThat(admin.get(path, "Authorization", "Bearer t0ken").body())
                        .contains("db-7 has no room");
            }
        }
        try (var admin = TestAdmin.open(cluster)) {
            assertThat(admin.get("/health/ready").body()).contains("db-7 has no room");
        }
    }
}
