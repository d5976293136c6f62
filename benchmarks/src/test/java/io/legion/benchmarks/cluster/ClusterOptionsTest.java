package io.legion.benchmarks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.benchmarks.cluster.subject.Subject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The options of the command: what they mean, and what is said of wrong ones.
final class ClusterOptionsTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aWrongWordIsRefusedWithTheNearestRightOne() {
        assertThat(refused("--mdoes", "fast")).contains("--mdoes").contains("Did you mean \"--modes\"?");
        assertThat(refused("--modes", "fsat")).contains("no mode \"fsat\". Did you mean \"fast\"?");
        assertThat(refused("--stores", "rocksdb-force")).contains("Did you mean \"rocksdb-forced\"?");
        assertThat(refused("--collector", "paralel")).contains("no collector \"paralel\". Did you mean \"parallel\"?");
        assertThat(refused("--warm-up", "60")).contains("is no time such as");
        assertThat(refused("--heap", "big")).contains("\"big\" is no size such as 512m or 1g.");
        assertThat(refused("--runs", "many")).contains("--runs").contains("many");
    }

    @Test
    void whatCanNotBeMeasuredIsRefused() {
        assertThat(refused("--runs", "0")).contains("--runs must be 1 to 100.");
        assertThat(refused("--in-flight", "64,0")).contains("--in-flight must be 1 to 100000.");
        assertThat(refused("--measured", "0s")).contains("--measured must be longer than 0.");
        assertThat(refused("--peers", "hazelcast", "--stores", "rocksdb")).contains("which --stores leaves out");
        assertThat(refused("--json", directory.toString())).contains(directory.toString());
    }

    @Test
    void aPeerThatIsNotBuiltIsRefusedWithTheCommandThatBuildsIt() {
        assertThat(refused("--peers", "hazelcast")).contains("Start this with ./legion bench cluster");
    }

    @Test
    void legionWatchedIsAPeerThatIsAlwaysThere() {
        var plan = options("--modes", "fast", "--peers", "watched").plan();
        assertThat(plan.comparisons().getFirst().subjects())
                .extracting(Subject::toString)
                .containsExactly("legion fast, memory", "watched fast, memory");
        assertThat(refused("--peers", "wathced")).contains("no peer \"wathced\". Did you mean \"watched\"?");
    }

    @Test
    void withoutOptionsAllModesAreMeasuredInMemory() {
        var plan = options().plan();
        assertThat(plan.comparisons().stream().flatMap(each -> each.subjects().stream()))
                .extracting(Subject::toString)
                .containsExactly(
                        "legion fast, memory",
                        "legion nearest, memory",
                        "legion durable, memory",
                        "legion final, memory");
        assertThat(plan.inFlight()).containsExactly(64, 256);
        assertThat(plan.runs()).isEqualTo(5);
        assertThat(plan.measured()).isEqualTo(Duration.ofSeconds(10));
        assertThat(plan.warmUp()).isEqualTo(Duration.ofMinutes(4));
        assertThat(plan.flags()).containsExactly("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");
    }

    @Test
    void quickIsShorterInEverything() {
        var plan = options("--quick").plan();
        assertThat(plan.runs()).isLessThan(5);
        assertThat(plan.measured()).isLessThan(Duration.ofSeconds(10));
        assertThat(plan.warmUp()).isLessThan(Duration.ofSeconds(60));
        assertThat(plan.comparisons().stream().flatMap(each -> each.subjects().stream()))
                .hasSize(3);
    }

    @Test
    void whatIsSaidBesideQuickHolds() {
        var plan = options("--quick", "--runs", "4", "--modes", "nearest", "--collector", "z", "--heap", "512m")
                .plan();
        assertThat(plan.runs()).isEqualTo(4);
        assertThat(plan.comparisons()).hasSize(1);
        assertThat(plan.flags()).containsExactly("-Xms512m", "-Xmx512m", "-XX:+UseZGC");
    }

    @Test
    void whatIsSaidTwiceIsMeasuredOnce() {
        var plan = options("--modes", "fast,fast", "--stores", "memory,memory", "--in-flight", "64,64")
                .plan();
        assertThat(plan.comparisons()).hasSize(1);
        assertThat(plan.comparisons().getFirst().subjects()).hasSize(1);
        assertThat(plan.inFlight()).containsExactly(64);
    }

    @Test
    void theHeadNamesTheCommandWithoutWhereItsFilesGo() {
        var arguments = List.of("--quick", "--json", "/tmp/x.json", "--profile=/tmp/y", "--collector", "g1");
        var head = options("--quick", "--collector", "g1").head("2026-11-29", arguments);
        assertThat(head.command()).isEqualTo("./legion bench cluster --quick --collector g1");
        assertThat(head.collector()).isEqualTo("g1");
        assertThat(head.quick()).isTrue();
    }

    private static ClusterOptions options(String... arguments) {
        var options = new ClusterOptions();
        CommandLines.of(options).parseArgs(arguments);
        return options;
    }

    private static String refused(String... arguments) {
        var said = new ByteArrayOutputStream();
        int code = ClusterMain.run(new PrintStream(said, true, StandardCharsets.UTF_8), arguments);
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isEqualTo(2);
        return said.toString(StandardCharsets.UTF_8);
    }
}
