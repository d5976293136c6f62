package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the command `legion` gives to the JVM and to Maven: the real script, beside a module that is built already, a
/// JDK
/// whose `java` only prints its arguments, and a `mvn` that does the same.
class LegionCommandTest {
    private static final String OURS = "-XX:+UseG1GC";
    private static final List<String> MODULES =
            List.of("discovery", "benchmarks", "benchmarks-hazelcast", "simulation-commands");
    private static final List<String> READ_BY_THE_JVM =
            List.of("LEGION_JAVA_OPTS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        Files.copy(Path.of("..", "legion"), root.resolve("legion"));
        for (var module : MODULES) {
            write(module + "/pom.xml", "");
            write(module + "/target/classpath", root.toString());
        }
        for (var pom : List.of("pom.xml", "bom/pom.xml")) {
            write(pom, Files.readString(Path.of("..", pom)));
        }
        // Built after all of it.
        for (var module : MODULES) {
            write(module + "/target/built-by-legion", "");
        }
        write("jdk/release", "JAVA_VERSION=\"25\"\n");
        executable("jdk/bin/javac", "");
        executable("jdk/bin/java", "printf '%s\\n' \"$@\"\n");
        executable("bin/mvn", "printf '%s\\n' \"$@\"\n");
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    private void executable(String file, String text) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + text);
        assertThat(root.resolve(file).toFile().setExecutable(true)).isTrue();
    }

    /// The options that the command gives to `java`.
    private List<String> given(Map<String, String> environment, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("bash", root.resolve("legion").toString()));
        command.addAll(List.of(arguments));
        var lines = lines(command, environment);
        return lines.subList(0, lines.indexOf("-cp"));
    }

    private List<String> lines(List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(READ_BY_THE_JVM);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment()
                .merge("PATH", root.resolve("bin").toString(), (usual, ours) -> ours + File.pathSeparator + usual);
        builder.environment().putAll(environment);
        var text = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).isNotEmpty();
        return text.lines().toList();
    }

    /// That of a real JVM with these options.
    private String logOfTheStart(List<String> options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Xlog:gc", "-version"));
        return String.join("\n", lines(command, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "node", "bench", "simulate"})
    void ofItselfEachSubcommandRunsWithG1(String subcommand) throws IOException {
        assertThat(given(Map.of("LEGION_JAVA_OPTS", "-Xmx300m"), subcommand)).contains(OURS, "-Xmx300m");
    }

    @ParameterizedTest
    @CsvSource({
        "-XX:+UseSerialGC, Using Serial",
        "-XX:+UseG1GC, Using G1",
        "-Xmx300m -XX:+UseParallelGC, Using Parallel",
        "-XX:+UseZGC\t-Xmx300m, Using The Z Garbage Collector",
        "-XX:+UnlockExperimentalVMOptions -XX:+UseEpsilonGC, Using Epsilon",
        "-XX:-UseParallelGC, Using",
    })
    void theUsersCollectorTakesThePlaceOfOursAndTheJvmStarts(String options, String log) throws IOException {
        var given = given(Map.of("LEGION_JAVA_OPTS", options), "node", "--config", "node.yaml");
        assertThat(given).containsAll(List.of(options.split("\\s", -1)));
        assertThat(logOfTheStart(given)).contains(log);
    }

    @Test
    void anOptionThatOnlyLooksLikeACollectorLeavesOurs() throws IOException {
        var given = given(Map.of("LEGION_JAVA_OPTS", "-XX:+UseAdaptiveSizePolicyWithSystemGC"), "node");
        assertThat(given).contains(OURS);
        assertThat(logOfTheStart(given)).contains("Using G1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"})
    void aCollectorInAVariableThatTheJvmReadsTakesThePlaceOfOurs(String variable) throws IOException {
        assertThat(given(Map.of(variable, "-XX:+UseParallelGC"), "node")).doesNotContain(OURS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@options.txt", "-Xmx300m @options.txt", "-XX:Flags=options", "-XX:VMOptionsFile=options"})
    void aFileOfOptionsMayNameACollectorSoOursIsLeftOut(String options) throws IOException {
        assertThat(given(Map.of("LEGION_JAVA_OPTS", options), "node")).doesNotContain(OURS);
    }

    @Test
    void aCollectorForTheJvmsOfABenchmarkTakesThePlaceOfOurs() throws IOException {
        assertThat(given(Map.of(), "bench", "RequestBenchmark", "-jvmArgsPrepend", "-Xmx4g -XX:+UseParallelGC"))
                .doesNotContain(OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "--quick, benchmarks",
        "--peers watched, benchmarks",
        "--peers=watched, benchmarks",
        "--peers hazelcast, benchmarks-hazelcast",
        "--quick --peers=watched;hazelcast, benchmarks-hazelcast",
        "--peers watched --json hazelcast.json, benchmarks",
    })
    void hazelcastsNodesAreBuiltOnlyIfTheyAreMeasured(String options, String module) throws IOException {
        var arguments = new ArrayList<>(List.of("bench", "cluster"));
        arguments.addAll(List.of(options.replace(';', ',').split(" ")));
        assertThat(said(arguments.toArray(String[]::new)))
                .anySatisfy(word -> assertThat(word).startsWith(root.resolve(module) + "/target/classes"));
    }

    @Test
    void newWritesAProjectWithoutPlaceholdersAndOverwritesNothing() throws IOException {
        for (var file : List.of("template/pom.xml", "template/README.md", "src/main/java/com/example/bank/Main.java")) {
            write("quick-start/" + file, Files.readString(Path.of("..", "quick-start", file)));
        }
        var project = root.resolve("my-bank");
        said("new", project.toString());
        assertThat(project.resolve("pom.xml"))
                .content()
                .contains("<artifactId>my-bank</artifactId>", "<version>0.1.0-SNAPSHOT</version>")
                .doesNotContainPattern("@[A-Za-z.-]+@|<version></version>");
        assertThat(project.resolve("README.md")).content().startsWith("# my-bank");
        assertThat(project.resolve("src/main/java/com/example/bank/Main.java"))
                .content()
                .contains("stopped.await()")
                .doesNotContain("region:");
        assertThat(said("new", project.toString()))
                .singleElement()
                .asString()
                .contains("not empty. Nothing was written");
    }

    @Test
    void installBuildsWhatTheBomListsIntoTheRepositoryThatIsNamed() throws IOException {
        var said = said("install", "--repository", root.resolve("repository").toString());
        assertThat(said).contains("io.legion:legion-bom:0.1.0-SNAPSHOT", "io.legion:legion-runtime:0.1.0-SNAPSHOT");
        var given = Files.readAllLines(root.resolve("target/build.log"));
        assertThat(given)
                .contains(
                        "-Ppublish",
                        "install",
                        "-Dmaven.repo.local=" + root.toRealPath().resolve("repository"))
                .anySatisfy(list -> assertThat(list).startsWith("bom,").contains(",core,", ",store-rocksdb"));
    }

    @Test
    void withoutARepositoryInstallTakesMavensOwn() throws IOException {
        assertThat(said("install")).anySatisfy(line -> assertThat(line).contains("the local Maven repository"));
        assertThat(root.resolve("target/build.log")).content().doesNotContain("maven.repo.local");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "install --repositry x | \"install\" has no flag \"--repositry\". Did you mean \"--repository\"?",
                "install --repository | \"--repository\" needs a directory",
                "install everywhere | \"install\" takes no argument, but was given \"everywhere\"",
                "instal | There is no command \"instal\". Did you mean \"install\"?",
                "new | \"new\" takes one directory, but was given 0",
                "new --name x | \"new\" has no flag \"--name\"",
                "new a,b | cannot name a project",
                "api-check --since v1 | \"api-check\" has no flag \"--since\"",
                "api-check v1 v2 | \"api-check\" takes one tag",
            })
    void aMistakeIsRefusedWithWhatIsMeant(String arguments, String message) throws IOException {
        assertThat(said(arguments.split(" "))).singleElement().asString().contains(message);
        assertThat(root.resolve("target/build.log")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"install", "new", "api-check"})
    void helpExplainsTheSubcommand(String subcommand) throws IOException {
        assertThat(said("help", subcommand).getFirst()).startsWith("./legion " + subcommand);
        assertThat(said(subcommand, "--help")).isEqualTo(said("help", subcommand));
        assertThat(said("help")).anySatisfy(line -> assertThat(line).startsWith("  " + subcommand + " "));
    }

    @Test
    void outsideOfARepositoryThereIsNoTagToCompareWith() throws IOException {
        assertThat(said("api-check")).singleElement().asString().contains("Run it in a clone.");
    }

    private List<String> said(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("bash", root.resolve("legion").toString()));
        command.addAll(List.of(arguments));
        return lines(command, Map.of());
    }
}
