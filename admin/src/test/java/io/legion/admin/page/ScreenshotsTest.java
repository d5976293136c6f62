package io.legion.admin.page;

import java.io.IOException;
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
        show("waiting-" + scheme, cluster, scheme, 1_440, 1_000);
    }

    private static void show(String name, StagedCluster cluster, String scheme, int width, int height)
            throws IOException {
        try (var server = PageServer.open(cluster)) {
            browser.sized(width, height);
            browser.prefers(scheme);
            browser.show(server.address());
            browser.until("the theme", () -> scheme.equals(browser.ask("document.documentElement.dataset.theme")));
            browser.until("the shards", () -> browser.count("#map [data-state]") == SHARDS);
            browser.until("the load", () -> browser.text("#requests").matches("(?s).*FAST [\\d,]{3,}.*"));
            browser.screenshot(name);
        }
    }
}
