package io.legion.simulation.runs;

import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.shard.ReplicaSettings;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Links;
import io.legion.simulation.scene.Load;
import io.legion.simulation.scene.Nodes;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.Account;
import io.legion.simulation.workload.Workload;
import java.lang.management.ManagementFactory;
import java.util.List;

/// A cluster without faults, under requests at a steady rate, checked like any run: shows how fast the
/// simulation is.
///
/// @param nodes the number of whole nodes
/// @param rate requests per simulated second
/// @param millis the length of the run, in simulated time
public record Steady(int nodes, long rate, long millis) {
    /// Time for the nodes to find each other and all take part.
    private static final long WARM_MILLIS = 3_000;

    /// The time of a write. What comes meanwhile goes into the next one, as on a real disk.
    private static final long DISK_MICROS = 5_000;

    private static final int KEYS = 100;
    private static final long SEED = 1;

    /// The measurement.
    ///
    /// @param seconds the processor time of the run, which other work on the machine does not change
    public record Measured(Finding finding, double seconds) {
        double timesRealTime() {
            return finding.virtualMillis() / 1000.0 / seconds;
        }

        @Override
        public String toString() {
            return String.format(
                    java.util.Locale.ROOT,
                    "%d requests, %d events folded in %.1f simulated seconds, in %.2f s of one core: "
                            + "%.0f times real time, %.4f simulated hours per second%s",
                    finding.requests(),
                    finding.folds(),
                    finding.virtualMillis() / 1000.0,
                    seconds,
                    timesRealTime(),
                    timesRealTime() / 3_600,
                    finding.breach() == null ? "" : "; " + finding.breach());
        }
    }

    public Measured run() {
        var timeline = new Timeline();
        var run = new Run(Plan.of(SEED), scene(), new Accounts(), timeline, Story.silent(timeline), Runs::nothingMore);
        timeline.after(0, () -> run.world.machines.forEach(machine -> machine.slowDisk(DISK_MICROS)));
        var threads = ManagementFactory.getThreadMXBean();
        long begun = threads.getCurrentThreadCpuTime();
        Finding finding = run.run();
        return new Measured(finding, (threads.getCurrentThreadCpuTime() - begun) / 1e9);
    }

    private Scene scene() {
        var settings =
                new ReplicaSettings(60_000, 200, 2_000, 2_000, 1_024, 2 << 20, 3_600_000, 100_000, 64, 64 * 1024);
        return new Scene(
                Nodes.alike(nodes, settings),
                Links.lossless(500, 500),
                Load.of(1_000_000 / rate, KEYS),
                WARM_MILLIS + millis,
                List.of());
    }

    /// Deposits and withdrawals.
    private record Accounts() implements Workload {
        @Override
        public List<PartitionType<?>> types() {
            return List.of(Account.TYPE);
        }

        @Override
        public Wish next(long number, Randomness random) {
            var key = PartitionKey.of("k" + random.below(KEYS));
            long cents = random.between(1, 5);
            return new Wish(
                    Account.TYPE, key, random.chance(0.6) ? new Account.Deposit(cents) : new Account.Withdraw(cents));
        }
    }
}
