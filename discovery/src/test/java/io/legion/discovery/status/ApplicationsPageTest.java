package io.legion.discovery.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.Health;
import io.legion.discovery.WithRegistry;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page for people.
class ApplicationsPageTest extends WithRegistry {
    private static final Pattern ID = Pattern.compile("<td>(id-\\d+)");
    private static final Pattern NEXT = Pattern.compile("rel=\"next\" href=\"([^\"]*)\"");

    @Test
    void itShowsApplicationsAndInstances() {
        register("ORDERS", "a1");
        var reply = registry.get("/");
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(reply.body())
                .contains(
                        "1 applications, 1 instances", "This node is ready", "ORDERS", "a1", "10.0.0.1:8080", "1.2.3");
    }

    @Test
    void aBrowserAsksForItAnewUnlessItIsToldNotTo() {
        var live = registry.get("/?prefix=a");
        assertThat(live.headers().firstValue("Refresh")).contains("10");
        assertThat(live.body()).contains("every 10 s", "href=\"/?live=no\"");
        var still = registry.get("/?live=no");
        assertThat(still.headers().firstValue("Refresh")).isEmpty();
        assertThat(still.body()).doesNotContain("every 10 s");
    }

    @Test
    void itSaysWhyTheNodeIsNotReadyAndWhichNodesItDoesNotReach() {
        registry.health.because("No majority of <copies>.");
        registry.health.peers(new Health.Peer("n2", "10.0.0.2:7760", false), new Health.Peer("n3", "", true));
        assertThat(registry.get("/").body())
                .contains("No majority of &lt;copies&gt;.")
                .contains("The node n2 at 10.0.0.2:7760 cannot be reached.")
                .contains("The node n3 can be reached.")
                .doesNotContain("This node is ready");
    }

    @Test
    void whatAnInstanceSaysIsTextAndNothingElse() {
        register("ORDERS", "<script>alert('1')</script>\"&\u202e\u0007");
        var reply = registry.get("/?prefix=%22%3E%3Cscript%3E");
        assertThat(reply.body()).doesNotContain("<script").contains("value=\"&quot;&gt;&lt;SCRIPT&gt;\"");
        assertThat(registry.get("/").body())
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;\ufffd\ufffd");
        assertThat(reply.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @Test
    void tenThousandInstancesAreShownPageByPageEachOnce() {
        var expected = new ArrayList<String>();
        for (int application = 0; application < 200; application++) {
            for (int i = 0; i < 50; i++) {
                expected.add("id-" + (10_000 + application * 50 + i));
                register("APP-" + (100 + application), expected.getLast());
            }
        }
        var shown = new ArrayList<String>();
        var path = "/?prefix=app";
        int pages = 0;
        while (!path.isEmpty()) {
            var body = registry.get(path).body();
            assertThat(body.length()).isLessThan(100_000);
            shown.addAll(matches(ID, body));
            path = String.join("", matches(NEXT, body)).replace("&amp;", "&");
            pages++;
        }
        assertThat(shown).isEqualTo(expected);
        assertThat(pages).isEqualTo(expected.size() / ApplicationsPage.ROWS);
    }

    @Test
    void onlyApplicationsThatBeginAsAskedAreShown() {
        register("ORDERS", "id-1");
        register("BILLS", "id-2");
        assertThat(matches(ID, registry.get("/?prefix=ord").body())).containsExactly("id-1");
    }

    @Test
    void whileTheRegistryCanNotBeReadThePageSaysSo() {
        registry.applications.available(false);
        var reply = registry.get("/");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.body()).contains("switched off by the test", "</html>");
    }

    private void register(String application, String id) {
        registry.applications.register(Register.of(Instances.named(application, id), Status.UP, Status.UNKNOWN, 1));
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }
}
