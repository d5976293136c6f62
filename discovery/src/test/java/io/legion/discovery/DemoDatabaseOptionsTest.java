package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoDatabaseOptionsTest {
    private static final String URL = "jdbc:postgresql://db:5432/x";

    @TempDir
    private Path directory;

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThat(wrong(DemoPlan.Store.ROCKSDB, "--postgres-url", URL))
                .contains("--postgres-url needs --store postgres");
        assertThat(wrong(DemoPlan.Store.POSTGRES, "--postgres-user", "me")).contains("need --postgres-url");
        assertThat(wrong(DemoPlan.Store.POSTGRES, "--postgres-url", "mysql://u:hidden@db/x"))
                .contains("jdbc:postgresql://HOST:5432/DATABASE")
                .doesNotContain("hidden");
    }

    @Test
    void aPasswordIsTakenFromAFileOnly() throws IOException {
        for (var url : new String[] {"postgresql://me:hidden@db/x", URL + "?user=me&password=hidden"}) {
            assertThat(wrong(DemoPlan.Store.POSTGRES, "--postgres-url", url))
                    .contains("the list of processes shows")
                    .contains("--postgres-password-file FILE")
                    .doesNotContain("hidden");
        }
        var file = directory.resolve("password");
        String[] arguments = {
            "--postgres-url", URL, "--postgres-user", "me", "--postgres-password-file", file.toString()
        };
        assertThat(wrong(DemoPlan.Store.POSTGRES, arguments)).contains("cannot be read");
        Files.writeString(file, "hidden");
        assertThat(wrong(DemoPlan.Store.POSTGRES, arguments)).isEmpty();
        try (var logger = RecordingLogger.open();
                var database = parsed(arguments).open(directory, logger)) {
            assertThat(database.storeText(2))
                    .isEqualTo("  postgres:\n    url: '" + URL + "'\n    user: 'me'\n    passwordFile: '" + file
                            + "'\n    schema: legion_demo_2");
        }
    }

    private static String wrong(DemoPlan.Store store, String... arguments) {
        return parsed(arguments).wrong(store).orElse("");
    }

    private static DemoDatabaseOptions parsed(String... arguments) {
        var options = new DemoDatabaseOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }
}
