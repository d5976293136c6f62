package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real bash completes, with the help of the real script `legion`.
class CompletionTest {
    @TempDir
    private Path directory;

    private Path completion;

    @BeforeEach
    void write() throws IOException {
        var help = bash("source <(sed '/^command=/,$d' ../legion); own_help");
        var run = Run.fed(help, "completion", "bash");
        assertThat(run.exit()).isZero();
        completion = Files.writeString(directory.resolve("completion"), run.out());
        Files.createFile(directory.resolve("node.yaml"));
    }

    private static String bash(String script) throws IOException {
        var process = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /// What is offered for the last of these words.
    private List<String> offered(String... words) throws IOException {
        return bash("compopt() { :; }; cd " + directory + "; source " + completion + "; COMP_WORDS=(./legion "
                        + String.join(" ", words) + "); COMP_CWORD=" + words.length
                        + "; _complete_legion; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .toList();
    }

    @Test
    void commandsOfBothKindsAreOffered() throws IOException {
        assertThat(offered("sta")).containsExactly("status");
        assertThat(offered("de")).containsExactly("demo");
        assertThat(offered("''"))
                .contains(
                        "doctor", "partition", "node", "test", "bench", "simulate", "api-check", "completion", "help");
        assertThat(offered("help", "mut")).containsExactly("mutants");
        assertThat(offered("salvage", "dr")).containsExactly("drop");
        assertThat(offered("clocks", "a")).containsExactly("accept");
    }

    @Test
    void theirOptionsAreOffered() throws IOException {
        assertThat(offered("eject", "--y")).containsExactly("--yes");
        assertThat(offered("clocks", "accept", "--dr")).containsExactly("--dry-run");
        assertThat(offered("salvage", "--a")).contains("--after", "--admin");
        assertThat(offered("status", "--")).contains("--admin", "--token-file", "--json", "--color");
        assertThat(offered("demo", "--"))
                .containsExactlyInAnyOrder(
                        "--nodes",
                        "--store",
                        "--postgres-url",
                        "--postgres-user",
                        "--postgres-password-file",
                        "--data",
                        "--base-port",
                        "--founding");
        assertThat(offered("bench", "--pe")).containsExactly("--peers");
        assertThat(offered("install", "--")).containsExactly("--repository");
        assertThat(offered("shapes", "--")).containsExactlyInAnyOrder("--classes", "--in");
    }

    @Test
    void wordsAndFilesAreOfferedForTheirValues() throws IOException {
        assertThat(offered("demo", "--store", "r")).containsExactly("rocksdb");
        assertThat(offered("bench", "--peers", "w")).containsExactly("watched");
        assertThat(offered("status", "--color", "a")).containsExactlyInAnyOrder("auto", "always");
        assertThat(offered("shards", "--state", "NO")).containsExactlyInAnyOrder("NO_MAJORITY", "NOT_KNOWN");
        assertThat(offered("node", "--config", "no")).containsExactly("node.yaml");
        assertThat(offered("completion", "z")).containsExactly("zsh");
        assertThat(offered("rebalancing", "p")).containsExactly("pause");
        assertThat(offered("loggers", "w")).containsExactly("warning");
    }
}
