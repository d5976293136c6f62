package io.legion.benchmarks.cluster.watch;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An open dashboard, as its node sees it: it asks what the page asks, each question anew a second after its
/// answer. The page is in `admin`; a test compares the two.
final class OpenDashboard {
    static final Duration PAUSE = Duration.ofSeconds(1);
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// The states whose shards the page lists below its map, if there are any: those of the first such state.
    static final List<String> LISTED =
            List.of("NO_MAJORITY", "STOPPED", "DIVERGENT", "NOT_KNOWN", "WAITING", "FROZEN", "COPYING");

    static final String CLUSTER = "/cluster";
    static final String LOAD = "/load";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private final Asking node;
    private final CountDownLatch ended;
    private long after; // only the thread that asks for the timeline reads and writes it

    /// @param ended opens when the dashboard is closed
    OpenDashboard(HttpClient http, URI admin, CountDownLatch ended) {
        this.node = new Asking(http, admin, "application/json", PATIENCE);
        this.ended = ended;
    }

    /// What is asked at the same time, each until the end.
    List<Callable<Void>> questions() {
        return List.of(
                () -> follow(this::askCluster), () -> follow(() -> node.ask(LOAD)), () -> follow(this::askTimeline));
    }

    private Void follow(Question question) throws InterruptedException {
        do {
            question.ask();
        } while (!ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        return null;
    }

    private void askCluster() throws InterruptedException {
        var cluster = MAPPER.readTree(node.ask(CLUSTER));
        if (cluster.required("copies").required("underWay").longValue() > 0) {
            node.ask(shards("COPYING", 8));
        }
        for (var state : LISTED) {
            if (count(cluster, state) > 0) {
                node.ask(shards(state, 50));
                return;
            }
        }
    }

    private static long count(JsonNode cluster, String state) {
        return cluster.required("shards").required(state).longValue();
    }

    static String shards(String state, int limit) {
        return "/shards?state=" + state + "&limit=" + limit;
    }

    private void askTimeline() throws InterruptedException {
        after = MAPPER.readTree(node.ask(timeline(after))).required("next").longValue();
    }

    static String timeline(long after) {
        return "/timeline?after=" + after + "&limit=1000";
    }

    /// How many answers there were.
    long answers() {
        return node.answers();
    }

    /// One of those that are asked again and again.
    @FunctionalInterface
    private interface Question {
        void ask() throws InterruptedException;
    }
}
