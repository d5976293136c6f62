package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Command lines, right and wrong.
class OptionsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "status --jsno | Unknown option: '--jsno'",
                "statsu | Did you mean",
                "status --admin 127.0.0.1:9761 | \"127.0.0.1:9761\" is not the address of an admin service",
                "status --admin http://u:p@h | is not the address",
                "status --admin file:///etc/passwd | is not the address",
                "status --timeout 0s | is no time such as",
                "status --timeout 2h | is no time such as",
                "status --timeout soon | is no time such as",
                "status --color pink | pink",
                "status --token a --token-file b | give either --token or --token-file",
                "status --token-file missing | the file of the token cannot be read",
                "status --token sécret | another letter that no token has",
                "status --token x --admin http://192.0.2.1:1 | unencrypted, so nothing was sent: use https",
                "status --certificate c.pem | go together: give both",
                "status --ca missing | cannot be read",
                "shards --limit 0 | --limit must be 1 to 1000, not 0",
                "shards x | 'x' is not an int",
                "shards --state lost | 'lost'",
                "eject | Missing required parameter: 'NODE'",
                "force | Missing required parameter",
                "search t | Missing required parameter: 'TAG'",
                "salvage drop 1 | Missing required parameter: 'NODE'",
                "completion fish | fish",
            })
    void aWrongCommandLineIsRefusedWithWhatIsWrong(String line, String message) {
        var run = Run.of(line.split(" "));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("legion")
                .contains(message)
                .contains("--help.")
                .doesNotContain("\tat ");
    }

    @Test
    void theTokenMayGoToALoopbackAddressUnencrypted() {
        try (var admin = StubAdmin.open()) {
            admin.on("GET /cluster", "cluster-well.json");
            assertThat(Run.of("status", "--token", "x", "--admin", admin.url()).exit())
                    .isZero();
        }
    }

    @Test
    void anAddressMayHaveAPathBeforeThatOfTheService() {
        try (var admin = StubAdmin.open()) {
            admin.on("GET /ops/legion/cluster", "cluster-well.json");
            assertThat(Run.of("status", "--admin", admin.url() + "/ops/legion/").exit())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "nodes",
                "shards",
                "partition",
                "search",
                "eject",
                "leave",
                "force",
                "salvage",
                "doctor",
                "completion",
                "salvage drop"
            })
    void helpExplainsTheCommand(String command) {
        var run = Run.of((command + " --help").split(" "));
        assertThat(run.exit()).isZero();
        assertThat(run.out()).startsWith("Usage: legion " + command + " ").doesNotContain("\u001b");
        assertThat(run.out().substring(run.out().indexOf("Exit codes:")))
                .contains(" 0 ", " 1 ", " 2 ", " 3 ", " 4 ", " 5 ", " 6 ");
    }

    @Test
    void aFileForTlsThatIsNoneIsRefused() throws Exception {
        var file = directory.resolve("ca.pem");
        java.nio.file.Files.writeString(file, "hello");
        var run = Run.of("status", "--ca", file.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("ca.pem");
    }
}
