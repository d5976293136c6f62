package io.legion.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/// What the page lists, which grows, and stays as it is where a person reads.
class PageListsTest extends PageInBrowser {
    private static final String FIRST_SEEN = "(box => [...box.querySelectorAll('li')].find(entry => "
            + "entry.getBoundingClientRect().bottom > box.getBoundingClientRect().top + 1).textContent)"
            + "(document.getElementById('timeline'))";

    @Test
    void theTimelineShowsTheNewestAndSinceWhenItIsSeen() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        happened(cluster, 450);
        open(cluster);
        browser.until("the newest", () -> newest().endsWith("event 450"));
        assertThat(browser.count("#timeline li")).isEqualTo(200);
        assertThat(browser.text("#timeline-since"))
                .containsPattern("since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.")
                .endsWith("The latest 200 of 453.");
    }

    @Test
    void theTimelineKeepsThePlaceOfWhoReadsItWhileNewEventsCome() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        happened(cluster, 300);
        open(cluster);
        browser.until("the newest", () -> newest().endsWith("event 300"));
        browser.ask("(document.getElementById('timeline').scrollTop = 400, 0)");
        var read = browser.ask(FIRST_SEEN);
        cluster.happens("event 301");
        cluster.happens("event 302");
        browser.until("the newest", () -> newest().endsWith("event 302"));
        assertThat(browser.ask(FIRST_SEEN)).isEqualTo(read);
    }

    @Test
    void theTimelineKeepsTheFocusWhileNewEventsCome() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("the timeline", () -> browser.count("#timeline a") == 3);
        browser.ask("document.querySelectorAll('#timeline a')[1].focus()");
        var focused = browser.focused();
        cluster.happens("event 1");
        browser.until("the newest", () -> newest().endsWith("event 1"));
        assertThat(browser.focused()).isEqualTo(focused);
        browser.press(Keys.ENTER);
        browser.until("the details", () -> browser.find("#panel").isDisplayed());
    }

    @Test
    void theTimelineBeginsAnewWhenAnotherProcessAnswers() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        happened(cluster, 20);
        open(cluster);
        browser.until("the newest", () -> newest().endsWith("event 20"));
        int port = server.port();
        server.close();
        server = PageServer.open(StagedCluster.healthy(3, 64), port);
        browser.until("the new one's", () -> browser.count("#timeline li") == 3);
    }

    @Test
    void theIndexIsSearchedFromATagToItsEnd() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        IntStream.range(0, 60).forEach(i -> cluster.indexes("T%03d".formatted(i), i == 50 ? "" : "key"));
        open(cluster);
        browser.go("#/find");
        browser.until("the form", () -> browser.count("input[name=from]") == 1);
        assertThat(browser.find("input[name=from]").getAccessibleName()).isEqualTo("From tag");
        browser.find("input[name=from]").sendKeys("T001", Keys.ENTER);
        browser.until("the first page", () -> browser.count(".found li") == 50);
        assertThat(browser.text(".found")).startsWith("T001").contains("T050").doesNotContain("T000", "T051");
        assertThat(browser.text("#panel")).doesNotContain("The list ends here");
        browser.find(".found + button").click();
        browser.until("the end", () -> browser.text("#panel").contains("The list ends here."));
        assertThat(browser.text(".found")).startsWith("T051").contains("T059");
        assertThat(browser.count(".found li")).isEqualTo(9);
    }

    @Test
    void copiesAreCountedUntilAllAreComplete() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        cluster.become('C', 5, "is being copied");
        open(cluster);
        browser.until(
                "the copies", () -> browser.text("#copying").contains("191 of 192 copies are complete, 1 under way."));
        browser.until("which", () -> browser.text("#copying").contains("shard 5"));
        assertThat(browser.ask("document.querySelector('#copying progress').position"))
                .isEqualTo(191.0 / 192);
        cluster.become('S', 5, "serves");
        browser.until("all", () -> browser.text("#copying").equals("192 of 192 copies are complete, none under way."));
        assertThat(((Number) browser.ask("document.querySelector('#copying progress').position")).intValue())
                .isEqualTo(1);
    }

    @Test
    void aVersionThatWaitsIsShownWithItsReasonAndTheReleasesOfTheNodes() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.until("the versions", () -> browser.text("#versions").contains("registrations\nversion 1"));
        assertThat(browser.count("#versions .notice")).isZero();
        cluster.announces(1, false);
        browser.until("the reason", () -> browser.text("#versions").contains("it waits for the other nodes. Next: "));
        assertThat(browser.text("#versions"))
                .contains(
                        "version 1 of 2",
                        "2026-11 on ",
                        "; 2026-12 on " + cluster.node(1).substring(0, 6));
        assertThat(browser.count("#versions .notice")).isEqualTo(1);
        assertThat(browser.text("#nodes thead")).containsIgnoringCase("Legion").containsIgnoringCase("Release");
        assertThat(browser.text("#nodes tbody tr:first-child td:last-child")).isEqualTo("2026-11");
    }

    @Test
    void aTypeThatNoShardHasYetIsNotActive() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        cluster.holdsOrders();
        open(cluster);
        browser.until("the type", () -> browser.text("#versions").contains("orders\nnot active yet (1 is held)"));
    }

    @Test
    void copiesThatStandAsideAreListedPageByPage() throws Exception {
        var cluster = StagedCluster.healthy(3, 256);
        IntStream.range(0, 150).forEach(shard -> cluster.become('D', shard, "differs"));
        open(cluster);
        browser.go("#/copies");
        browser.until("the first page", () -> browser.count("#panel .entry") == 100);
        assertThat(browser.text("#panel")).contains("Stopped copies: 150");
        browser.find("#panel-body > .buttons button").click();
        browser.until("the second page", () -> browser.count("#panel .entry") == 50);
        assertThat(browser.text("#panel")).contains("Stopped copies: 150", "shard 149");
        browser.find("#panel-body > .buttons button").click();
        browser.until("the first page again", () -> browser.count("#panel .entry") == 100);
    }

    @Test
    void anOverruledCopyCanBeDroppedOnceItsListIsComplete() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        cluster.overrules(1, false);
        cluster.overrules(2, true);
        open(cluster);
        browser.go("#/copies");
        browser.until("both copies", () -> browser.count("#panel .entry") == 2);
        assertThat(browser.count("#panel .entry[data-key$=' 1'] button")).isZero();
        assertThat(browser.count("#panel .entry[data-key$=' 2'] button")).isEqualTo(1);
        assertThat(browser.text("#panel")).contains("Until it is, you cannot drop the copy.");
    }

    /// How long it takes depends on the machine, so it is written down, and nothing is asserted of it.
    @Test
    void aRefreshOfALargeClusterIsMeasured() throws Exception {
        var cluster = StagedCluster.healthy(10, 4_096);
        open(cluster);
        browser.until("the shards", () -> browser.count("#map [data-state=SERVING]") == 4_096);
        var quiet = refreshed();
        cluster.kill(1);
        Files.writeString(
                Path.of("target", "refresh.txt"),
                "Milliseconds of script for a refresh: " + quiet + " when nothing changes, " + refreshed()
                        + " after a node was killed\n");
        assertThat(browser.count("#map [data-state=WAITING]")).isGreaterThan(1_000);
    }

    /// How long the page's script works on an answer.
    private static String refreshed() {
        return String.valueOf(browser.ask("import('/page/main.js').then(async ({showCluster}) => {"
                + "const answer = await (await fetch('/cluster')).json();"
                + "const begun = performance.now();"
                + "showCluster(answer);"
                + "return performance.now() - begun;})"));
    }

    private static void happened(StagedCluster cluster, int events) {
        IntStream.rangeClosed(1, events).forEach(number -> cluster.happens("event " + number));
    }

    private static String newest() {
        return browser.text("#timeline li");
    }
}
