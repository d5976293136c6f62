package io.legion.admin.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// How the page lets a person act: a dry run first, then the order.
class PageActsTest extends PageInBrowser {
    private static final String ORDER = "#act .danger";

    /// Waits of the page that a test cannot sit out pass a hundred times as fast.
    private static final String LONG_WAITS_ARE_SHORT = "((later, timeout) => {"
            + "const fast = millis => millis > 20_000 ? millis / 100 : millis;"
            + "window.setTimeout = (what, millis) => later.call(window, what, fast(millis));"
            + "AbortSignal.timeout = millis => timeout.call(AbortSignal, fast(millis));"
            + "})(window.setTimeout, AbortSignal.timeout)";

    @Test
    void anActIsShownFirstAndCarriedOutOnlyWhenAPersonConfirmsIt() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        var node = cluster.node(2);
        browser.go("#/node/" + node);
        browser.until("the acts", () -> browser.count("[title^='Eject node']") == 1);
        browser.find("[title^='Eject node']").click();
        browser.until(
                "what it would do", () -> browser.text("#act").contains("would be ejected: 64 shards would be copied"));
        assertThat(server.acts()).containsExactly("POST /nodes/" + node + "/eject?dryRun=true {}");
        assertThat(browser.find("#act .danger").getText()).isEqualTo("Eject it");
        browser.find("#act .danger").click();
        browser.until("what happened", () -> browser.text("#act").contains("is being ejected"));
        assertThat(server.acts()).hasSize(2).last().isEqualTo("POST /nodes/" + node + "/eject {}");
    }

    @Test
    void anOrderWithoutAnAnswerHasAnUnknownOutcomeAndLeadsToTheTimeline() throws Exception {
        openedAtAnAct();
        server.holdsOrders();
        browser.ask(LONG_WAITS_ARE_SHORT);
        propose();
        browser.find(ORDER).click();
        browser.until("the outcome", () -> browser.text("#act").contains("Outcome unknown: no answer within 30 s"));
        assertThat(browser.count(ORDER)).isZero();
        browser.find("#act a[href='#timeline']").click();
        browser.until(
                "the timeline", () -> Boolean.TRUE.equals(browser.ask("document.activeElement.id === 'timeline'")));
        assertThat(browser.find("#act").isDisplayed()).isFalse();
        assertThat(browser.find("#panel").isDisplayed()).isFalse();
    }

    @Test
    void anOrderWhoseConnectionBreaksHasAnUnknownOutcome() throws Exception {
        openedAtAnAct();
        server.holdsOrders();
        propose();
        browser.find(ORDER).click();
        browser.until("the order", () -> server.acts().size() == 2);
        server.close();
        browser.until("the outcome", () -> browser.text("#act").contains("Outcome unknown"));
    }

    @Test
    void anOrderThatIsRefusedChangedNothing() throws Exception {
        openedAtAnAct();
        propose();
        server.refusesOrders(409, "the node is the last one");
        browser.find(ORDER).click();
        browser.until("the refusal", () -> browser.text("#act").contains("the node is the last one"));
        assertThat(browser.text("#act")).doesNotContain("unknown");
    }

    @Test
    void anOrderThatFailsMayHaveBeenCarriedOut() throws Exception {
        openedAtAnAct();
        propose();
        server.refusesOrders(504, "The node gave no answer. Look at ./legion status.");
        browser.find(ORDER).click();
        browser.until("the failure", () -> browser.text("#act").contains("Outcome unknown: The node gave no answer."));
        assertThat(browser.text("#act")).doesNotContain("..").contains("The timeline shows what has happened");
    }

    /// A proxy does not know what the service says of an order.
    @Test
    void anOrderThatAProxyDoesNotSeeAnsweredIsExplainedByThePage() throws Exception {
        openedAtAnAct();
        propose();
        server.refusesOrdersAsAProxy(504, "upstream timed out");
        browser.find(ORDER).click();
        browser.until("the failure", () -> browser.text("#act").contains("Outcome unknown: upstream timed out."));
        assertThat(browser.text("#act")).contains("may carry out the order", "before you give it again");
    }

    @Test
    void aDryRunSaysWhenItWasTakenAndIsTakenAnewBeforeALateOrder() throws Exception {
        openedAtAnAct();
        browser.ask(LONG_WAITS_ARE_SHORT);
        propose();
        assertThat(browser.text("#act")).containsPattern("As of \\d\\d:\\d\\d:\\d\\d\\. " + StagedActs.NOTE);
        browser.until("that it is old", () -> browser.text("#act").contains("older than 30 s"));
        assertThat(browser.count(ORDER)).isZero();
        browser.find("#act .main").click();
        browser.until("the new dry run", () -> browser.count(ORDER) == 1);
        assertThat(server.acts()).hasSize(2).allMatch(act -> act.contains("dryRun=true"));
    }

    @Test
    void noOrderGoesByADryRunFromBeforeTheMachineSlept() throws Exception {
        openedAtAnAct();
        propose();
        browser.ask("(now => { Date.now = () => now() + 31_000; })(Date.now)");
        browser.find(ORDER).click();
        browser.until("that it is old", () -> browser.text("#act").contains("older than 30 s"));
        assertThat(server.acts()).hasSize(1);
    }

    @Test
    void theSecondClickOfADoubleClickIsNoConsent() throws Exception {
        openedAtAnAct();
        propose();
        browser.ask("document.querySelector('#act .danger').dispatchEvent(new MouseEvent('click', {detail: 2}))");
        assertThat(browser.count(ORDER)).isEqualTo(1);
        browser.find(ORDER).click();
        browser.until("what happened", () -> browser.text("#act").contains("is being ejected"));
        assertThat(server.acts()).hasSize(2);
    }

    @Test
    void theLogLevelAndTheRebalancingAreSetByTheSameDialog() throws Exception {
        open(StagedCluster.healthy(3, 64));
        browser.go("#/operate");
        browser.until("the acts", () -> browser.count("select[name=threshold]") == 1);
        browser.find("select[name=threshold]").sendKeys("DEBUG");
        browser.find("form:has(select[name=threshold]) button").click();
        browser.until("the dry run", () -> browser.count(ORDER) == 1);
        assertThat(server.acts()).containsExactly("POST /loggers?dryRun=true {\"threshold\":\"DEBUG\"}");
        browser.find(ORDER).click();
        browser.until("what happened", () -> browser.text("#act").contains("Every node does it"));
        browser.find("#act .buttons button").click();
        browser.find("[title='Pause rebalancing']").click();
        browser.until("the dry run", () -> browser.count(ORDER) == 1);
        browser.find(ORDER).click();
        browser.until("what happened", () -> server.acts().contains("POST /rebalancing/pause {}"));
    }

    @Test
    void newVersionsAreHeldReleasedAndRaisedFromThePage() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        cluster.announces(1, true);
        open(cluster);
        browser.go("#/operate");
        browser.until("the acts", () -> browser.text("#panel").contains("1 node holds it."));
        for (var act : List.of("Hold new", "Release new", "Raise")) {
            browser.find("[title='" + act + " versions']").click();
            browser.until("the dry run", () -> browser.count(ORDER) == 1);
            browser.find(ORDER).click();
            browser.until("what happened", () -> browser.text("#act").contains("Every node does it"));
            browser.find("#act .buttons button").click();
        }
        assertThat(server.acts())
                .contains("POST /versions/hold {}", "POST /versions/release {}", "POST /versions/raise {}");
    }

    @Test
    void theActsOnTheClusterKeepWhatAPersonHasEnteredWhileTheClusterChanges() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.go("#/operate");
        browser.until("the acts", () -> browser.text("#panel").contains("None of 3 nodes that answer pause it"));
        browser.find("select[name=threshold]").sendKeys("DEBUG");
        browser.find("input[value='" + cluster.node(2) + "']").click();
        cluster.pausesRebalancing();
        browser.until("the pause", () -> browser.text("#panel").contains("3 of 3 nodes that answer pause it"));
        assertThat(browser.find("select[name=threshold]").getDomProperty("value"))
                .isEqualTo("DEBUG");
        assertThat(browser.find("input[value='" + cluster.node(2) + "']").isSelected())
                .isTrue();
    }

    private void openedAtAnAct() throws Exception {
        var cluster = StagedCluster.healthy(3, 64);
        open(cluster);
        browser.go("#/node/" + cluster.node(2));
        browser.until("the acts", () -> browser.count("[title^='Eject node']") == 1);
    }

    private static void propose() {
        browser.find("[title^='Eject node']").click();
        browser.until("the dry run", () -> browser.count(ORDER) == 1);
    }
}
