package io.legion.admin.page;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/// Tests of the page in a real browser, before a cluster that they make up.
abstract class PageInBrowser {
    static Browser browser;
    PageServer server;

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

    @AfterEach
    void close() {
        browser.show(URI.create("about:blank")); // else the page complains of the server that is gone, to the next test
        server.close();
    }

    void open(StagedCluster cluster) throws IOException {
        open(cluster, _ -> {}, 1_440, 900);
    }

    void open(StagedCluster cluster, Consumer<PageServer> before, int width, int height) throws IOException {
        server = PageServer.open(cluster);
        before.accept(server);
        browser.sized(width, height);
        browser.complaints();
        browser.show(server.address());
    }
}
