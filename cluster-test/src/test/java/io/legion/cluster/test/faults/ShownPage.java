package io.legion.cluster.test.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The dashboard, as a Chromium in the network of its node shows it.
///
/// @param causes of the problems that it lists
record ShownPage(Set<String> causes) {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Pattern PROBLEM = Pattern.compile("<li class=\"[a-z]+\" data-key=\"([A-Z_]+)");

    /// False where Chromium is not installed; where everything must be there, that is an error.
    static boolean canBeSeen() {
        boolean installed = Files.exists(CHROMIUM);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed)
                    .as(CHROMIUM + " is there: run admin/install-browser")
                    .isTrue();
        }
        return installed;
    }

    /// Opens the page, and looks at it once its first answers are drawn.
    ///
    /// @param inside the words that run a command in the network of the node
    static ShownPage at(List<String> inside, String address) {
        var command = new ArrayList<>(inside);
        command.addAll(List.of(
                CHROMIUM.toString(),
                "--headless=new",
                "--no-sandbox", // root cannot have it; only this page is shown
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--virtual-time-budget=2000",
                "--dump-dom",
                address));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var page = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("Chromium's exit code; the page: %s", page)
                    .isZero();
            return new ShownPage(
                    PROBLEM.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet()));
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
