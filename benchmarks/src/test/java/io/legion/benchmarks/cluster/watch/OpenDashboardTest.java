package io.legion.benchmarks.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The dashboard that watches asks as the page does, whose scripts this reads.
final class OpenDashboardTest {
    private static final Path PAGE =
            Path.of("..", "admin", "src", "main", "resources", "io", "legion", "admin", "page");
    private static final String ASKED = "path\\(\\['(\\w+)'\\], \\{";

    @Test
    void itAsksTheQuestionsOfThePage() throws IOException {
        assertThat(found("main.js", "follow\\(\\(\\) => read\\((.*)\\), \\{"))
                .containsExactly(
                        "'" + OpenDashboard.CLUSTER + "'",
                        "'" + OpenDashboard.LOAD + "'",
                        "path(['timeline'], {after: timeline.after, limit: MOST_EVENTS})");
        assertThat(found("main.js", "MOST_EVENTS = ([\\d_]+);")).containsExactly("1_000");
        assertThat(OpenDashboard.timeline(3)).isEqualTo("/timeline?after=3&limit=1000");
    }

    @Test
    void itAsksAsOftenAndWaitsAsLong() throws IOException {
        assertThat(found("live.js", "SEEN = ([\\d_]+);")).containsExactly("1_000");
        assertThat(OpenDashboard.PAUSE).hasMillis(1_000);
        assertThat(found("api.js", "PATIENCE = ([\\d_]+);")).containsExactly("10_000");
        assertThat(OpenDashboard.PATIENCE).hasMillis(10_000);
    }

    @Test
    void itListsTheShardsThatThePageLists() throws IOException {
        assertThat(found("copying.js", ASKED)).containsExactly("shards");
        assertThat(found("copying.js", "LIMIT = (\\d+);")).containsExactly("8");
        assertThat(found("shard-list.js", ASKED)).containsExactly("shards");
        assertThat(found("shard-list.js", "LIMIT = (\\d+);")).containsExactly("50");
        var worstFirst = found("states.js", "state: '(\\w+)'").reversed();
        assertThat(worstFirst.getLast()).isEqualTo("SERVING");
        assertThat(OpenDashboard.LISTED).isEqualTo(worstFirst.subList(0, worstFirst.size() - 1));
    }

    private static List<String> found(String script, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(PAGE.resolve(script)))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
