package io.legion.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real script, beside this module as it is built, in processes of their own.
class LegionScriptTest {
    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(Path.of("..", "legion"), root.resolve("legion"));
        write("pom.xml", "");
        write("command/pom.xml", "");
        write("command/target/classpath", System.getProperty("java.class.path"));
        write("command/target/built-by-legion", "");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", root.resolve("legion").toString()));
        command.addAll(List.of(arguments));
        var err = root.resolve("err").toFile();
        var builder = new ProcessBuilder(command).redirectError(err).redirectInput(new File("/dev/null"));
        builder.directory(root.toFile());
        builder.environment().remove("CI"); // in which everything is installed
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge("PATH", root.resolve("bin").toString(), (old, own) -> own + File.pathSeparator + old);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err.toPath()));
    }

    @Test
    void statusIsTheOneOfTheModule() throws Exception {
        try (var admin = StubAdmin.open().on("GET /cluster", "cluster-troubled.json")) {
            var run = run("status", "--admin", admin.url());
            assertThat(run.err()).isEmpty();
            assertThat(run).isEqualTo(Run.of("status", "--admin", admin.url()));
            assertThat(run.exit()).isEqualTo(5);
        }
    }

    @Test
    void withoutATerminalNothingIsDone() throws Exception {
        try (var admin = StubAdmin.open().on("GET /cluster", "cluster-troubled.json")) {
            var run = run("eject", "7d0102", "--admin", admin.url());
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).startsWith("legion eject: There is no terminal on which to ask");
            assertThat(admin.asked()).isEmpty();
        }
    }

    @Test
    void helpIsThatOfTheCommandItself() throws Exception {
        var help = run("help", "doctor");
        assertThat(help.exit()).isZero();
        assertThat(help.out()).startsWith("Usage: legion doctor");
        assertThat(run("doctor", "--help")).isEqualTo(help);
        assertThat(run("salvage", "drop", "-h").out()).startsWith("Usage: legion salvage drop");
        assertThat(run("help").out())
                .contains("  doctor ", "  status ", "  rebalancing\n", "  clocks ", "  loggers ", "  completion ");
        assertThat(run("clocks", "accept", "-h").out()).startsWith("Usage: legion clocks accept");
    }

    @Test
    void aMisspelledCommandIsAnsweredWithTheNearestOne() throws Exception {
        var run = run("statsu");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("There is no command \"statsu\". Did you mean \"status\"?");
    }

    /// A script in place of one that installs.
    private void installer(String file, String text) throws IOException {
        write(file, "#!/bin/sh\n" + text + "\n");
        assertThat(root.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    /// In place of Maven, which finds one test.
    private void maven() throws IOException {
        write("examples/one/pom.xml", "");
        write("bin/report", "<testsuite tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n");
        installer("bin/mvn", "mkdir -p a/target/surefire-reports; cp bin/report a/target/surefire-reports/TEST-a.xml");
    }

    @Test
    void testsInstallWhatTheyLackFirst() throws Exception {
        maven();
        installer("admin/install-browser", "[ \"$1\" != --check ] || exit 1; echo installed >browser");
        installer("discovery/install-clients", "[ \"$1\" = --check ]");
        var run = run("test");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("1 passed, 0 failed, 0 skipped\n");
        assertThat(run.err())
                .contains("installing what some tests use: Chromium and its driver (admin/install-browser)")
                .doesNotContain("install-clients");
        assertThat(root.resolve("browser")).exists();
    }

    @Test
    void testsThatCannotHaveWhatTheyLackSayWhatItIsAndRunAllTheSame() throws Exception {
        maven();
        installer("admin/install-browser", "[ \"$1\" != --check ] || exit 1; echo no network >&2; exit 100");
        var run = run("test");
        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("1 passed, 0 failed, 0 skipped\n");
        assertThat(run.err())
                .contains("no network", "Chromium and its driver could not be installed", "are skipped")
                .contains("as root with a network, admin/install-browser installs it");
    }

    /// A terminal's Ctrl-C goes to the process group that its command is in.
    @Test
    void anInstallerIsInTheProcessGroupOfTheCommand() throws Exception {
        maven();
        var group = "cut -d ' ' -f 5 /proc/$$/stat >";
        installer("bin/mvn", group + "group-of-maven");
        installer("admin/install-browser", "[ \"$1\" != --check ] || exit 1; " + group + "group-of-installer");
        run("test");
        assertThat(root.resolve("group-of-installer")).hasSameTextualContentAs(root.resolve("group-of-maven"));
    }

    /// Maven runs the tests of all modules that the named one needs.
    @Test
    void testsOfAModuleThatNeedsTheDashboardInstallABrowser() throws Exception {
        maven();
        write("pom.xml", "<module>discovery</module>\n<module>core</module>\n");
        installer("admin/install-browser", "[ \"$1\" != --check ] || exit 1");
        assertThat(run("test", "discovery").err()).contains("Chromium");
        assertThat(run("test", "core").err()).doesNotContain("Chromium");
    }

    @Test
    void completionKnowsTheScriptsOwnCommands() throws Exception {
        var run = run("completion", "zsh");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("bashcompinit", "api-check", "--base-port", "--token-file");
    }
}
