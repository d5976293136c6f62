package io.legion.operations.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.NodeMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The unit, as systemd reads it, and its command line, which is that of the image.
class SystemdUnitTest {
    private static final Path UNIT = Path.of("systemd", "legion.service");
    private static final Path IMAGE = Path.of("docker", "Dockerfile");

    @TempDir
    private Path directory;

    @Test
    void systemdTakesTheUnit() throws IOException, InterruptedException {
        var said = verified(Files.readString(UNIT));
        assertThat(said.text()).isEmpty();
        assertThat(said.code()).isZero();
    }

    @Test
    void aKeyThatSystemdDoesNotKnowIsReported() throws IOException, InterruptedException {
        var said = verified(Files.readString(UNIT).replace("TasksMax=", "TaskMaximum="));
        assertThat(said.text()).contains("TaskMaximum");
    }

    /// With a program that every machine has, and the user who runs the test.
    private Tool.Said verified(String text) throws IOException, InterruptedException {
        var here = text.replace("/usr/bin/java", "/bin/sh")
                .replace("User=legion", "User=root")
                .replace("Group=legion", "Group=root");
        var unit = Files.writeString(directory.resolve("legion.service"), here);
        return Tool.require("systemd-analyze").run("verify", "--man=no", unit.toString());
    }

    @Test
    void theUnitAndTheImageStartTheSameProgram() throws IOException {
        var unit = optionsOf(lineOf(UNIT, "ExecStart=/usr/bin/java "));
        var image = optionsOf(lineOf(IMAGE, "ENTRYPOINT [\"java\", ").replaceAll("[\",\\]]", " "));
        image = new ArrayList<>(image);
        image.addAll(List.of("--config", "/etc/legion/node.yaml"));
        unit = unit.stream().filter(option -> !option.equals("$JAVA_OPTS")).toList();
        assertThat(unit).isEqualTo(image).contains(NodeMain.class.getName(), "-XX:+UseG1GC");
    }

    private static String lineOf(Path file, String begin) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> optionsOf(String line) {
        return Pattern.compile("\\s+").splitAsStream(line.strip()).toList();
    }
}
