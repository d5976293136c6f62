package io.legion.benchmarks.cluster.measurement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What Linux tells of threads and of the machine is read.
final class TasksTest {
    private static final String STATUS = """
            Name:\tC2 CompilerThre
            State:\tS (sleeping)
            Threads:\t14
            voluntary_ctxt_switches:\t120
            nonvoluntary_ctxt_switches:\t7
            """;

    private static final List<String> STATISTICS =
            List.of("cpu  100 20 30 4000 50 6 7 8 9 10", "cpu0 1 1 1 1 1 1 1 1 1 1", "ctxt 12345");

    private static final List<String> DEVICES = List.of(
            "Inter-|   Receive                                                |  Transmit",
            " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs",
            "    lo:    3193      29    0    0    0     0          0         0     3194      29    0    0",
            "  eth0: 59746476    1948    0    0    0     0          0         0   227182    1643    0    0");

    @Test
    void aThreadsProcessorTimeAndSwitchesAreRead() {
        var task = Task.parse(stat("C2 CompilerThre", 81, 8), STATUS);
        assertThat(task).isEqualTo(new Task("C2 CompilerThre", 890_000_000, 127));
    }

    @Test
    void aNameMayHoldBracketsAndSpaces() {
        var task = Task.parse(stat("a) S 1 (b", 1, 2), STATUS);
        assertThat(task.name()).isEqualTo("a) S 1 (b");
        assertThat(task.cpuNanos()).isEqualTo(30_000_000);
    }

    @Test
    void compilersAndCollectorsAreKnownByTheNamesThatTheJvmGivesThem() {
        assertThat(List.of("C1 CompilerThre", "C2 CompilerThre"))
                .allMatch(name -> named(name).compiles());
        assertThat(List.of("GC Thread#0", "G1 Conc#0", "G1 Main Marker", "ZWorkerYoung#0", "ZDriverMinor", "VM Thread"))
                .allMatch(name -> named(name).collects())
                .noneMatch(name -> named(name).compiles());
        assertThat(List.of("java", "ForkJoinPool-1-", "VM Periodic Tas", "Common-Cleaner"))
                .noneMatch(name -> named(name).collects() || named(name).compiles());
    }

    @Test
    void aThreadThatBeganCountsAndOneThatEndedDoesNot() {
        var begin = new Tasks(Map.of("1", new Task("java", 100, 10), "2", new Task("GC Thread#0", 1_000, 100)));
        var end = new Tasks(Map.of("1", new Task("java", 150, 15), "3", new Task("C2 CompilerThre", 7, 3)));
        var done = end.since(begin);
        assertThat(done.switches()).isEqualTo(8);
        assertThat(done.cpuNanos(Task::compiles)).isEqualTo(7);
        assertThat(done.cpuNanos(Task::collects)).isZero();
        assertThat(done.cpuNanos(_ -> true)).isEqualTo(57);
    }

    @Test
    void theMachinesBusyTimeAndTheBytesThatTheLoopbackDeviceSentAreRead() {
        var machine = MachineTotals.parse(STATISTICS, DEVICES);
        assertThat(machine.busyNanos()).as("neither idle nor waiting").isEqualTo(171 * 10_000_000L);
        assertThat(machine.sentBytes()).isEqualTo(3194);
    }

    @Test
    void aMachineThatTellsNothingHasNothing() {
        assertThat(MachineTotals.parse(List.of(), List.of())).isEqualTo(new MachineTotals(0, 0));
    }

    private static Task named(String name) {
        return new Task(name, 0, 0);
    }

    private static String stat(String name, int user, int system) {
        return "4575 (" + name + ") S 4572 4572 2467 0 -1 4194304 29454 0 10 0 " + user + " " + system
                + " 0 0 20 0 14 0 125528 8921640960 32249\n";
    }
}
