package io.legion.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// The page in a real browser, before a cluster that the test makes up.
class DashboardTest extends PageInBrowser {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String HOSTILE = "<img src=x onerror=document.title='caught'>";

    @Test
    void aHealthyClusterIsShownWithoutAComplaintOfTheBrowser() throws Exception {
        open(StagedCluster.healthy(3, 256));
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 256);
        assertThat(browser.text("h1")).isEqualTo("Legion demo");
        assertThat(browser.text("#verdict")).contains("No problem found");
        assertThat(browser.count("#nodes tbody tr")).isEqualTo(3);
        assertThat(browser.text("#legend [data-state=SERVING]")).contains("serving 256");
        assertThat(browser.text("#timeline")).contains("is up");
        browser.until("the load", () -> browser.text("#requests").matches("(?s).*FAST [\\d,]{3,}.*"));
        browser.until("the latency", () -> browser.text("#latency").matches("(?s).*FAST p99 [\\d.]+ ms.*"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aKilledNodeIsShownSoonWithTheReasonAndTheNextStep() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("three nodes", () -> browser.count("#nodes .sign.good") == 3);
        cluster.kill(2);
        var row = "[data-node='" + cluster.node(2) + "']";
        browser.within(SOON, "the killed node", () -> browser.text(row).contains("not reachable"));
        assertThat(browser.text("#nodes")).contains("Not known: No answer from");
        assertThat(browser.text("#verdict")).contains("1 problem, 1 critical");
        assertThat(browser.text("#problems"))
                .contains("was killed")
                .contains("Next: Start it again, or give it up: ./legion eject");
        assertThat(browser.count("#nodes .sign.good")).isEqualTo(2);
        assertThat(browser.count("#nodes tr.not-known")).isEqualTo(1);
    }

    @Test
    void aShardThatWaitsSaysForWhomInTheListAndInItsDetails() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 64);
        cluster.waits(7, 0);
        var waited = cluster.node(0).substring(0, 8);
        browser.within(SOON, "the reason", () -> browser.text("#listed").contains("FINAL waits for node " + waited));
        assertThat(browser.find("[data-shard='7']").getText()).isEqualTo("W");
        assertThat(browser.text("#legend [data-state=WAITING]")).contains("waiting 1");
        assertThat(browser.text("#legend [data-state=SERVING]")).contains("serving 63");
        browser.find("[data-shard='7']").click();
        browser.until("the details", () -> browser.text("#panel").contains("Waits for"));
        assertThat(browser.text("#panel"))
                .contains("Shard 7", "waiting: FINAL waits for node " + waited, "Next: ", waited + " for 4.2 s");
    }

    @Test
    void aNodeThatIsBehindSaysByHowMuchAndWhyAndWhatToDo() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        var row = "[data-node='" + cluster.node(2) + "']";
        browser.until("the nodes", () -> browser.text(row).contains("no"));
        cluster.waits(7, 2);
        browser.within(SOON, "the lag", () -> browser.text(row).contains("4.2 s"));
        assertThat(browser.text("#nodes"))
                .contains("Behind: 40 events of 1 shard wait for it, the oldest for 4.2 s. FINAL waits for node")
                .contains("Next: Look at that node.");
        browser.go("#/node/" + cluster.node(2));
        browser.until("the details", () -> browser.text("#panel").contains("40 events of 1 shard wait for it"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theBusiestPartitionsAreNamedWithTheReasonAndTheNextStepOfAHotOne() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("that none is", () -> browser.text("#busiest").contains("No partition stands out."));
        cluster.isBusy("ORDERS", 61, "It gets 61 % of all events.");
        cluster.isBusy("BILLS", 12, null);
        browser.within(SOON, "the busiest", () -> browser.text("#busiest").contains("registrations BILLS"));
        assertThat(browser.text("#busiest"))
                .contains("800 samples: one of 64 events")
                .containsSubsequence(
                        "ORDERS", "61 %", "shard 7 at", "It gets 61 % of all events. Next: Divide", "12 %");
        assertThat(browser.count("#busiest .notice")).isEqualTo(1);
        browser.find("#busiest li a").click();
        browser.until("its state", () -> browser.text("#panel-title").equals("registrations / ORDERS"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void nothingThatTheClusterSaysBecomesHtml() throws Exception {
        var cluster = StagedCluster.named(HOSTILE);
        cluster.keyIs(HOSTILE);
        cluster.become('D', 3, HOSTILE);
        cluster.isBusy(HOSTILE, 61, HOSTILE);
        cluster.problem("DIVERGENT", "CRITICAL", HOSTILE, HOSTILE, cluster.node(1), List.of(3), HOSTILE);
        open(cluster);
        browser.until("the name", () -> browser.text("#cluster-name").equals(HOSTILE));
        browser.until("the list", () -> browser.text("#listed").contains(HOSTILE));
        assertThat(browser.text("#problems")).contains(HOSTILE);
        for (var details :
                List.of("#/shard/3", "#/copies", "#/partition/" + HOSTILE + "/" + HOSTILE.replace("/", "%2F"))) {
            browser.go(details);
            browser.until(details, () -> browser.text("#panel").contains("onerror"));
        }
        assertThat(browser.count("img")).isZero();
        assertThat(browser.ask("document.title")).isEqualTo(HOSTILE + " – Legion");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theMapIsUsedWithTheKeyboardAlone() throws Exception {
        open(StagedCluster.healthy(3, 256));
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 256);
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to the content");
        for (int tabs = 0; tabs < 60 && !browser.focused().startsWith("shard "); tabs++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused()).isEqualTo("shard 0: serving");
        browser.press(Keys.ARROW_RIGHT);
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.focused()).isEqualTo("shard 2: serving");
        browser.press(Keys.ARROW_DOWN);
        browser.press(Keys.ARROW_UP);
        assertThat(browser.focused()).isEqualTo("shard 2: serving");
        browser.press(Keys.END);
        assertThat(browser.focused()).isEqualTo("shard 255: serving");
        browser.press(Keys.ENTER);
        browser.until("the details", () -> browser.text("#panel").contains("Shard 255"));
        browser.press(Keys.ESCAPE);
        browser.until("the map again", () -> browser.focused().equals("shard 255: serving"));
        assertThat(browser.find("#panel").isDisplayed()).isFalse();
    }

    @Test
    void aTelephoneNeedsNoScrollingSideways() throws Exception {
        var cluster = StagedCluster.healthy(10, 4_096);
        cluster.kill(4);
        open(cluster, _ -> {}, 360, 740);
        browser.until("the shards", () -> browser.count("#map [data-state]") == 4_096);
        for (var details : List.of(
                "",
                "#/shard/3",
                "#/node/" + cluster.node(4),
                "#/partition/registrations/ORDERS",
                "#/find",
                "#/copies",
                "#/operate")) {
            browser.go(details);
            browser.until(details, () -> details.isEmpty() || browser.count("#panel-body > *") > 0);
            for (var part : List.of("document.documentElement", "document.getElementById('panel')")) {
                assertThat(browser.ask(part + ".scrollWidth <= " + part + ".clientWidth"))
                        .as(part + " " + details)
                        .isEqualTo(true);
            }
        }
    }

    @Test
    void aBannerSaysThatTheNodeBehindThePageIsGoneAndGoesWhenItIsBack() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 64);
        int port = server.port();
        server.close();
        browser.within(
                Duration.ofSeconds(3),
                "the banner",
                () -> browser.text("#banner").contains("does not answer. What you see is from"));
        assertThat(browser.find("body").getDomAttribute("class")).contains("stale");
        assertThat(browser.count("#nodes tbody tr")).isEqualTo(3);
        server = PageServer.open(cluster, port);
        browser.until("the page again", () -> browser.text("#banner").isEmpty());
        assertThat(browser.find("body").getDomAttribute("class")).doesNotContain("stale");
    }

    @Test
    void aBannerSaysThatTheNodeBehindThePageIsSilent() throws Exception {
        open(StagedCluster.healthy(3, 64));
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 64);
        server.fallsSilent();
        browser.within(
                Duration.ofSeconds(3),
                "the banner",
                () -> browser.text("#banner").contains("does not answer"));
    }

    @Test
    void theTokenIsAskedForAndTriedAtOnceAndKeptByTheTabAlone() throws Exception {
        open(StagedCluster.healthy(3, 64), server -> server.wants("secret"), 1_440, 900);
        browser.until("the question", () -> browser.find("#ask-token").isDisplayed());
        give("wrong");
        browser.until("that it is wrong", () -> browser.text("#token-why").contains("does not accept this token"));
        assertThat(token()).isNull();
        give("secret");
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 64);
        assertThat(token()).isEqualTo("secret");
        browser.reload();
        browser.until("the shards again", () -> browser.count("#map [data-state=SERVING]") == 64);
        assertThat(browser.find("#ask-token").isDisplayed()).isFalse();
        assertThat(browser.ask("Object.values(localStorage).includes('secret') || document.cookie.length > 0"))
                .isEqualTo(false);
    }

    @Test
    void aTokenThatIsRefusedIsForgotten() throws Exception {
        open(StagedCluster.healthy(3, 64), server -> server.wants("first"), 1_440, 900);
        browser.until("the question", () -> browser.find("#ask-token").isDisplayed());
        give("first");
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 64);
        server.wants("second");
        browser.until("the question again", () -> browser.find("#ask-token").isDisplayed());
        assertThat(browser.text("#token-why")).contains("does not accept the token of this tab any more");
        assertThat(token()).isNull();
        give("second");
        browser.until("the page again", () -> "second".equals(token()));
    }

    @Test
    void aPartitionIsFoundByItsKey() throws Exception {
        open(StagedCluster.healthy(3, 64));
        browser.go("#/find");
        browser.until("the form", () -> browser.count("input[name=key]") == 1);
        browser.find("input[name=key]").sendKeys("a/b %", Keys.ENTER);
        browser.until("its state", () -> browser.text("#panel").contains("\"status\": \"UP\""));
        assertThat(browser.text("#panel-title")).isEqualTo("registrations / a/b %");
        assertThat(browser.text("#panel")).contains("Outstanding events: 1", "\"Renew\"", "version:1.4.0");
    }

    @Test
    void thePageIsDarkAsTheSystemIsUntilAPersonChooses() throws Exception {
        browser.prefers("dark");
        open(StagedCluster.healthy(3, 64));
        assertThat(theme()).isEqualTo("dark");
        browser.prefers("light");
        browser.until("the system's choice", () -> theme().equals("light"));
        browser.find("#theme").click();
        assertThat(theme()).isEqualTo("dark");
        browser.reload();
        assertThat(theme()).isEqualTo("dark");
    }

    @Test
    void manyShardsAreShownWithoutKeepingTheBrowserBusy() throws Exception {
        var cluster = StagedCluster.healthy(10, 4_096);
        open(cluster);
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 4_096);
        browser.ask(
                "(window.longest = 0, new PerformanceObserver(list => list.getEntries().forEach(task => "
                        + "{ window.longest = Math.max(window.longest, task.duration); })).observe({entryTypes: ['longtask']}))");
        cluster.kill(1);
        browser.until("the change", () -> browser.count("#map [data-state=WAITING]") > 1_000);
        assertThat(((Number) browser.ask("window.longest")).doubleValue()).isLessThan(1_000);
    }

    private void give(String token) {
        browser.find("#token").sendKeys(Keys.chord(Keys.CONTROL, "a"), token, Keys.ENTER);
    }

    private static @Nullable Object token() {
        return browser.ask("sessionStorage.getItem('legion-token')");
    }

    private static String theme() {
        return String.valueOf(browser.ask("document.documentElement.dataset.theme"));
    }
}
