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
        show("healthy-" + scheme, Scene.healthy(3, SHARDS), scheme, 1_440, 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aKilledNode(String scheme) throws Exception {
        var scene = Scene.healthy(3, SHARDS);
        scene.kill(2);
        show("killed-" + scheme, scene, scheme, 1_440, 1_000);
        show("telephone-" + scheme, scene, scheme, 360, 740);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void aShardThatWaits(String scheme) throws Exception {
        var scene = Scene.healthy(3, SHARDS);
        scene.waits(7, 0);
        show("waiting-" + scheme, scene, scheme, 1_440, 1_000);
    }

    private static void show(String name, Scene scene, String scheme, int width, int height) throws IOException {
        try (var server = PageServer.open(scene)) {
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
