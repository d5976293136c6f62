package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Lists come page by page, each place once, and say how much there is.
class PagesTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 8);
    private final List<TestAdmin> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(TestAdmin::close);
    }

    /// Opened when a test first asks, so that it never looked at the cluster as it was before.
    private HttpResponse<String> ask(String path) {
        if (opened.isEmpty()) {
            opened.add(TestAdmin.open(cluster));
        }
        return opened.getFirst().get(path);
    }

    private JsonNode get(String path) {
        var reply = ask(path);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        return new JsonMapper().readTree(reply.body());
    }

    private void makeTroubles() {
        cluster.node(1).copy(5).hasSalvage(150);
        cluster.node(2).copy(1).is(Phase.OVERRULED);
        cluster.node(2).copy(4).is(Phase.OVERRULED);
        cluster.node(2).stop(3, StoppedShard.Kind.UNREADABLE, "a block is damaged", true);
        cluster.node(3).stop(0, StoppedShard.Kind.OTHER, "it broke", false);
        cluster.node(3).lostRequests = 250;
    }

    /// What one page lists, as its places.
    private static List<String> places(JsonNode page) {
        var places = new ArrayList<String>();
        for (var list : List.of("stopped", "overruled", "salvage", "lostRequests")) {
            page.get(list)
                    .forEach(one -> places.add(
                            list + " " + one.get("node").asString().substring(15) + " " + one.path("shard")));
        }
        return places;
    }

    @Test
    void whatStandsAsideIsReadToTheEndPageByPage() {
        makeTroubles();
        var whole = get("/divergent");
        assertThat(whole.get("next").isNull()).isTrue();
        assertThat(whole.get("counts").toString())
                .isEqualTo("{\"stopped\":2,\"overruled\":2,\"salvage\":1,\"lostRequests\":250}");
        var read = new ArrayList<String>();
        var after = "";
        do {
            var page = get("/divergent?limit=1" + after);
            assertThat(places(page)).hasSize(1);
            assertThat(page.get("counts")).isEqualTo(whole.get("counts"));
            read.addAll(places(page));
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asString();
        } while (!after.isEmpty());
        assertThat(read)
                .containsExactly(
                        "salvage 1 5",
                        "overruled 2 1",
                        "stopped 2 3",
                        "overruled 2 4",
                        "lostRequests 3 ",
                        "stopped 3 0")
                .containsExactlyInAnyOrderElementsOf(places(whole));
        assertThat(ask("/divergent?after=nonsense").statusCode()).isEqualTo(400);
        assertThat(ask("/divergent?limit=1001").statusCode()).isEqualTo(400);
    }

    @Test
    void requestsOfOnePlaceAreBoundedAndCounted() {
        makeTroubles();
        var page = get("/divergent");
        for (var list : List.of("salvage", "lostRequests")) {
            assertThat(page.get(list).get(0).get("requests")).hasSize(100);
        }
        assertThat(page.get("salvage").get(0).get("more").asInt()).isEqualTo(50);
        assertThat(page.get("lostRequests").get(0).get("more").asInt()).isEqualTo(150);
    }

    @Test
    void aNodeOfThePageThatDoesNotAnswerIsNotKnown() {
        makeTroubles();
        get("/cluster");
        cluster.node(3).answers = false;
        assertThat(get("/divergent").get("notKnown").toString())
                .contains(cluster.node(3).id().toString());
    }

    @Test
    void theViewOfANodeIsReadPageByPage() {
        var path = "/peers/" + cluster.node(2).id();
        var whole = get(path);
        assertThat(whole.get("members")).hasSize(2);
        assertThat(whole.get("next").isNull()).isTrue();
        var first = get(path + "?limit=1");
        assertThat(first.get("members")).hasSize(1);
        var next = get(path + "?limit=1&after=" + first.get("next").asString());
        assertThat(next.get("members").get(0).get("node").asString())
                .isEqualTo(cluster.node(3).id().toString());
        assertThat(next.get("next").isNull()).isTrue();
        assertThat(ask(path + "?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void copiesAreCountedAsTheyAreNow() {
        cluster.node(2).copy(0).is(Phase.COPYING);
        cluster.node(3).copy(0).is(Phase.REMOVED);
        assertThat(get("/cluster").get("copies").toString()).isEqualTo("{\"complete\":22,\"underWay\":1}");
    }

    @Test
    void theTimelineSaysSinceWhenItLooks() {
        assertThat(get("/timeline").get("since").asString()).startsWith("20").endsWith("Z");
    }
}
