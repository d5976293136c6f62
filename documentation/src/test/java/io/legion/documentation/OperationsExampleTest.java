package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of docs/operations.md.
final class OperationsExampleTest {
    private final List<String> printed = new ArrayList<>();

    private void print(String line) {
        printed.add(line);
    }

    private void look(Legion legion) {
        // region: look
        for (MemberReport member : legion.operations().members()) {
            try {
                var there = legion.operations().at(member.node(), Duration.ofSeconds(1));
                NodeReport report = there.report();
                print(report.node() + " runs " + report.release() + ", serves " + report.serving() + " shards");
            } catch (UnreachableException notKnown) {
                print(notKnown.getMessage());
            }
        }
        // end: look
    }

    @Test
    void aClusterOfOneIsLookedAt() {
        try (var legion = Legion.open("bank", Bank.ACCOUNTS)) {
            look(legion);
            assertThat(printed).hasSize(1).first().asString().contains(legion.node() + " runs ", "serves 64 shards");
        }
    }
}
