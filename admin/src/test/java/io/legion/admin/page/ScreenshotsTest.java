package io.legion.admin.page;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pictures of the page in `target/screenshots`, for people to look at. A test of [DashboardTest] says what must be on
/// them.
class ScreenshotsTest {
    private static final int SHARDS = 256;
    private static Browser browser;

    @BeforeAll
    static void openTheBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeTheBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aHealthyCluster(String scheme) throws Exception {
        show("healthy-" + scheme, StagedCluster.healthy(3, SHARDS), scheme, 1_440, 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aKilledNode(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(3, SHARDS);
        cluster.kill(2);
        show("killed-" + scheme, cluster, scheme, 1_440, 1_000);
        show("telephone-" + scheme, cluster, scheme, 360, 740);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aShardThatWaits(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(3, SHARDS);
        cluster.waits(7, 0);
        cluster.isBusy("ORDERS", 61, "The partition ORDERS gets 61 % of all events of the cluster.");
        cluster.isBusy("BILLS", 12, null);
        show("waiting-" + scheme, cluster, scheme, 1_440, 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aNewVersionThatWaits(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(3, SHARDS);
        cluster.announces(1, false);
        show("versions-" + scheme, cluster, scheme, 1_440, 1_300);
        cluster.announces(1, true);
        show("telephone-versions-" + scheme, cluster, scheme, 360, 740, () -> details("#/operate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void copiesUnderWay(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(10, SHARDS);
        IntStream.range(0, 20).forEach(shard -> cluster.become('C', 5 * shard, "A node copies it."));
        IntStream.range(0, 40).forEach(number -> cluster.happens("Something happened, number " + number + "."));
        show(
                "copying-" + scheme,
                cluster,
                scheme,
                1_440,
                1_000,
                () -> browser.until("the copies", () -> browser.text("#copying").contains("shard 5")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void anAct(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(3, SHARDS);
        show("act-" + scheme, cluster, scheme, 1_440, 1_000, () -> eject(cluster.node(2)));
        show("telephone-act-" + scheme, cluster, scheme, 360, 740, () -> eject(cluster.node(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theDetailsOnATelephone(String scheme) throws Exception {
        var cluster = StagedCluster.healthy(3, SHARDS);
        show("telephone-operate-" + scheme, cluster, scheme, 360, 740, () -> details("#/operate"));
        show("telephone-find-" + scheme, cluster, scheme, 360, 740, () -> details("#/find"));
    }

    private static void details(String fragment) {
        browser.go(fragment);
        browser.until("the details", () -> browser.count("#panel form") > 0);
    }

    private static void eject(String node) {
        browser.go("#/node/" + node);
        browser.until("the acts", () -> browser.count("[title^='Eject node']") == 1);
        browser.find("[title^='Eject node']").click();
        browser.until("the dry run", () -> browser.count("#act .danger") == 1);
    }

    private static void show(String name, StagedCluster cluster, String scheme, int width, int height)
            throws IOException {
        show(name, cluster, scheme, width, height, () -> {});
    }

    private static void show(String name, StagedCluster cluster, String scheme, int width, int height, Runnable before)
            throws IOException {
        try (var server = PageServer.open(cluster)) {
            browser.sized(width, height);
            browser.prefers(scheme);
            browser.show(server.address());
            browser.until("the theme", () -> scheme.equals(browser.ask("document.documentElement.dataset.theme")));
            browser.until("the shards", () -> browser.count("#map [data-state]") == SHARDS);
            browser.until("the load", () -> browser.text("#requests").matches("(?s).*FAST [\\d,]{3,}.*"));
            before.run();
            browser.screenshot(name);
        }
    }
}
