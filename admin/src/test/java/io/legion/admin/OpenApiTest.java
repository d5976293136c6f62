package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles;
import io.legion.service.LogThreshold;
import io.legion.service.Logger.Priority;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The document is valid OpenAPI, has every route, and says what the replies are.
class OpenApiTest {
    private static final Set<String> NO_JSON = Set.of("GET /", "GET /page/{file}", "GET /metrics", "GET /openapi.yaml");

    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final TestAdmin admin = TestAdmin.open(cluster, new LogThreshold(Priority.INFO));
    private final Set<String> asked = new TreeSet<>();

    @AfterEach
    void close() {
        admin.logger.allow(Priority.WARNING, "was refused an order");
        admin.logger.allow(Priority.WARNING, "without a line here");
        admin.close();
    }

    private Description description() throws IOException {
        return new Description(admin.get("/openapi.yaml").body());
    }

    private void get(Description description, String route, String path) throws IOException {
        asked.add("GET " + route);
        var reply = admin.get(path);
        described(description, "GET", route, reply);
    }

    private static void described(
            Description description, String method, String route, java.net.http.HttpResponse<String> reply)
            throws IOException {
        description.requireDescribed(
                method,
                route,
                reply.statusCode(),
                reply.headers().firstValue("Content-Type").orElseThrow(),
                reply.body());
    }

    private void order(Description description, String route, String path, String body) throws IOException {
        asked.add("POST " + route);
        described(description, "POST", route, admin.order(path + "?dryRun=true", body));
        described(description, "POST", route, admin.send("POST", path, body));
    }

    @Test
    void everyRouteRepliesAsTheDocumentSays() throws IOException {
        makeTroubles();
        var description = description();
        String two = cluster.node(2).id().toString();
        get(description, "/cluster", "/cluster");
        get(description, "/shards", "/shards?limit=2");
        get(description, "/shards", "/shards?limit=0");
        get(description, "/shards/{shard}", "/shards/1");
        get(description, "/shards/{shard}", "/shards/x");
        get(description, "/types", "/types");
        get(description, "/partitions/{type}", "/partitions/account?limit=2");
        get(description, "/partitions/{type}", "/partitions/nothing");
        get(description, "/partitions/{type}/{key}", "/partitions/account/al%2Fice");
        get(description, "/states/{type}", "/states/account?limit=2");
        get(description, "/states/{type}", "/states/nothing");
        get(description, "/index", "/index?type=account");
        get(description, "/index", "/index");
        get(description, "/divergent", "/divergent");
        get(description, "/peers/{node}", "/peers/" + two);
        get(description, "/load", "/load");
        get(description, "/timeline", "/timeline");
        get(description, "/health", "/health");
        get(description, "/health/live", "/health/live");
        get(description, "/health/ready", "/health/ready");
        order(description, "/nodes/{node}/eject", "/nodes/" + two + "/eject", "");
        order(description, "/nodes/{node}/leave", "/nodes/" + two + "/leave", "");
        order(description, "/force", "/force", "{\"lost\":[\"" + cluster.node(3).id() + "\"]}");
        order(description, "/shards/{shard}/copies/{node}/drop", "/shards/1/copies/" + two + "/drop", "");
        order(description, "/rebalancing/pause", "/rebalancing/pause", "");
        order(description, "/rebalancing/resume", "/rebalancing/resume", "");
        order(description, "/versions/hold", "/versions/hold", "");
        order(description, "/versions/release", "/versions/release", "");
        order(description, "/versions/raise", "/versions/raise", "");
        order(description, "/clocks", "/clocks", "{\"acceptAheadMillis\":1}");
        order(description, "/loggers", "/loggers", "{\"threshold\":\"WARNING\"}");
        backup(description);
        recordings(description);
        var expected = new TreeSet<>(description.routes());
        expected.removeAll(NO_JSON);
        assertThat(asked).isEqualTo(expected);
    }

    private void backup(Description description) throws IOException {
        get(description, "/backup", "/backup");
        act(description, "/backup/settle", "/backup/settle", "{\"shards\":[0,1],\"patienceMillis\":100}");
        act(description, "/backup/settle", "/backup/settle", "{\"shards\":[9],\"patienceMillis\":100}");
        act(description, "/backup/settle", "/backup/settle", "{\"shards\":[]}");
        act(description, "/backup/shards/{shard}/extracts", "/backup/shards/1/extracts?least=2", "");
        var node = "/backup/extracts/" + cluster.node(1).id();
        get(description, "/backup/extracts/{node}/{extract}/{section}", node + "/1/0?expected=AAAA");
        get(description, "/backup/extracts/{node}/{extract}/{section}", node + "/x/0");
    }

    private void recordings(Description description) throws IOException {
        act(description, "/recordings", "/recordings", "{\"type\":\"account\",\"steps\":10}");
        act(description, "/recordings", "/recordings", "{\"type\":\"account\",\"steps\":0}");
        act(description, "/recordings", "/recordings", "{}");
        get(description, "/recordings/{recording}", "/recordings/1");
        get(description, "/recordings/{recording}", "/recordings/x");
    }

    private void act(Description description, String route, String path, String body) throws IOException {
        asked.add("POST " + route);
        described(description, "POST", route, admin.order(path, body));
        described(description, "POST", route, admin.send("POST", path, body));
    }

    /// So that what is null or empty in a healthy cluster is there.
    private void makeTroubles() {
        cluster.kill(3);
        cluster.node(2).copy(1).is(Phase.OVERRULED);
        cluster.node(2).copy(2).hasSalvage(150);
        cluster.node(2).stop(3, StoppedShard.Kind.UNREADABLE, "it could not be opened", true);
        cluster.node(2).lostRequests = 3;
        cluster.node(1).copy(0).waitsFor(cluster.node(2), java.time.Duration.ofSeconds(9));
        new ScriptedVersions(cluster, 2, 1, 1).held(2).indexing(1).told();
        var busy = new Troubles.BusyPartition("account", PartitionKey.of("al\u0000ice"), 0, 600);
        cluster.node(1).troubles = new Troubles(List.of(), List.of(busy), 800, List.of());
    }

    @Test
    void whatIsNoJsonIsThereToo() {
        assertThat(admin.get("/metrics").body()).isEqualTo("scraped 1\n");
        assertThat(admin.get("/").headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void thePageIsKeptAsLongAsItIsTheSame() {
        var tag = admin.get("/").headers().firstValue("ETag").orElseThrow();
        assertThat(admin.get("/", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(admin.get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(admin.get("/page/nothing.js").statusCode()).isEqualTo(404);
        assertThat(admin.get("/page/files").statusCode()).isEqualTo(404);
    }

    @Test
    void listsAreReadToTheEndPageByPage() {
        var all = new StringBuilder();
        var next = "";
        do {
            var page = new tools.jackson.databind.json.JsonMapper()
                    .readTree(admin.get("/partitions/account?limit=1" + next).body());
            page.get("keys")
                    .forEach(key -> all.append(key.get("key").asString()).append(' '));
            next = page.get("next").isNull() ? "" : "&after=" + page.get("next").asString();
        } while (!next.isEmpty());
        assertThat(all.toString()).isEqualTo("key-1 key-2 key-3 ");
        assertThat(admin.get("/partitions/account?after=nonsense").statusCode()).isEqualTo(400);
    }

    @Test
    void statesAreReadToTheEndAndANodeThatIsSilentIsSaidToBeMissing() {
        var all = new StringBuilder();
        var next = "";
        do {
            var page = new tools.jackson.databind.json.JsonMapper()
                    .readTree(admin.get("/states/account?limit=2" + next).body());
            assertThat(page.get("complete").asBoolean()).isTrue();
            page.get("partitions")
                    .forEach(one -> all.append(one.get("key").asString())
                            .append(one.get("state"))
                            .append(' '));
            next = page.get("next").isNull() ? "" : "&after=" + page.get("next").asString();
        } while (!next.isEmpty());
        assertThat(all.toString()).isEqualTo("key-1{\"cents\":1} key-2{\"cents\":1} key-3{\"cents\":1} ");
        cluster.kill(3);
        assertThat(admin.get("/states/account").body()).contains("\"complete\":false", "key-2");
    }

    @Test
    void aPartitionIsReadWhereSomebodyAnswers() {
        assertThat(admin.get("/partitions/account/alice").body()).contains("\"answeredBy\":\"" + new NodeId(1) + "\"");
        assertThat(admin.get("/partitions/account/0x00ff").body()).contains("\"key\":\"0x00ff\"");
        assertThat(admin.get("/partitions/account/0xzz").statusCode()).isEqualTo(400);
        assertThat(admin.get("/partitions/none/alice").statusCode()).isEqualTo(404);
    }
}
