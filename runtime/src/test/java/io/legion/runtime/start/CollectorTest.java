package io.legion.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Bank;
import io.legion.runtime.lane.TestLanes;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CollectorTest {
    private static final String SIGN = "told: ";

    /// As JDK 25 names them.
    @ParameterizedTest
    @CsvSource({
        "SERIAL, Copy;MarkSweepCompact",
        "PARALLEL, PS MarkSweep;PS Scavenge",
        "G1, G1 Young Generation;G1 Concurrent GC;G1 Old Generation",
        "Z, ZGC Minor Cycles;ZGC Minor Pauses;ZGC Major Cycles;ZGC Major Pauses",
        "SHENANDOAH, Shenandoah Pauses;Shenandoah Cycles",
        "EPSILON, Epsilon Heap",
    })
    void eachCollectorIsKnownByItsBeans(Collector collector, String beans) {
        assertThat(Collector.of(List.of(beans.split(";")))).contains(collector);
    }

    @Test
    void nothingIsSaidOfACollectorThatIsNotKnown() {
        assertThat(Collector.of(List.of("scavenge", "global"))).isEmpty();
        assertThat(Collector.of(List.of())).isEmpty();
    }

    @Test
    void serialIsAdvisedAgainstWhereMoreThanOneProcessorCouldCollect() {
        assertThat(Collector.SERIAL.advice(1)).isEmpty();
        assertThat(Collector.SERIAL.advice(2))
                .hasValueSatisfying(advice -> assertThat(advice)
                        .contains("Serial", "with 1 of 2 processors", "-XX:+UseG1GC", "docs/tuning.md"));
    }

    @Test
    void epsilonIsAdvisedAgainstAlways() {
        assertThat(Collector.EPSILON.advice(1))
                .hasValueSatisfying(advice -> assertThat(advice).contains("Epsilon", "frees nothing"));
    }

    @ParameterizedTest
    @CsvSource({"PARALLEL", "G1", "Z", "SHENANDOAH"})
    void nothingIsSaidOfTheOthers(Collector collector) {
        assertThat(collector.advice(1)).isEmpty();
        assertThat(collector.advice(64)).isEmpty();
    }

    @Test
    void aNodeThatStartsSaysItAndWarnsOfNothing() throws IOException {
        assertThat(told("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=2"))
                .singleElement()
                .asString()
                .startsWith("INFO")
                .contains("The garbage collector is Serial");
        assertThat(told("-XX:+UseParallelGC", "-XX:ActiveProcessorCount=2")).isEmpty();
    }

    /// What is told of the collector when a node starts in a JVM with these options.
    private static List<String> told(String... options) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), CollectorTest.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).contains(SIGN + "all");
        return text.lines()
                .filter(line -> line.startsWith(SIGN) && line.contains("collector"))
                .map(line -> line.substring(SIGN.length()))
                .toList();
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""),
                Path.of("target", "classes").toString(),
                Path.of("target", "test-classes").toString());
    }

    /// A node that starts and stops, in a process of its own; closing it fails on a warning.
    public static void main(String[] arguments) {
        try (var bank = Bank.open(TestLanes.memory())) {
            for (var message : bank.logger().messages()) {
                System.out.println(SIGN + message.priority() + " " + message.text());
            }
        }
        System.out.println(SIGN + "all");
    }
}
