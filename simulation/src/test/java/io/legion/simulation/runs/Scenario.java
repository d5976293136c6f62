package io.legion.simulation.runs;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaSettings;
import io.legion.simulation.history.Replay;
import io.legion.simulation.scene.Links;
import io.legion.simulation.scene.Load;
import io.legion.simulation.scene.Nodes;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.Account;
import io.legion.simulation.workload.MixedTypes;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A run with a script in place of the faults of a seed: whole nodes with their own routing and rebalancing, one shard
/// with three participants, and every invariant checked as in any other run. Times are in milliseconds since the story
/// begins, when the cluster has been founded and is at rest.
final class Scenario {
    private static final long SEED = 1;
    private static final long BEGIN_MILLIS = 10_000;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final PartitionAddress ALICE = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice"));

    final Run run;
    final World world;
    final Narrator narrator;
    private final String names;
    private final TreeMap<RequestId, Caller> callers = new TreeMap<>();

    /// @param names a letter for each machine, in the order of their numbers; the first one founds the cluster
    /// @param lengthMillis after this time nothing more happens but coming to rest
    Scenario(String names, long lengthMillis) {
        this.names = names;
        var timeline = new Timeline();
        narrator = new Narrator(timeline, BEGIN_MILLIS * 1000);
        var heard = new ArrayList<Consumer<String>>();
        var story = new Story(timeline, line -> heard.forEach(to -> to.accept(line)), false);
        run = new Run(
                Plan.of(SEED).requests(0),
                scene(names.length(), BEGIN_MILLIS + lengthMillis),
                new MixedTypes(1),
                timeline,
                story,
                (_, _) -> narrator);
        world = run.world;
        heard.add(line -> narrator.heard(world, line));
        timeline.after(0, () -> world.machines.forEach(this::name));
    }

    private static Scene scene(int machines, long faultyMillis) {
        var settings = new ReplicaSettings(60_000, 100, 500, 1_000, 1_024, 2 << 20, 3_600_000, 10_000, 4, 64 * 1024);
        return new Scene(
                Nodes.alike(machines, settings), Links.lossless(1_000, 0), Load.of(1_000, 2), faultyMillis, List.of());
    }

    private void name(Machine machine) {
        narrator.named(machine.node(), names.substring(machine.number, machine.number + 1));
    }

    Machine machine(String name) {
        return world.machines.get(names.indexOf(name));
    }

    void at(long millis, Runnable action) {
        world.timeline.afterMillis(BEGIN_MILLIS + millis, action);
    }

    void tellAt(long millis, String who, String what) {
        at(millis, () -> narrator.tell(who, what));
    }

    void reportAt(long millis, String... machines) {
        at(millis, () -> List.of(machines).forEach(name -> narrator.report(machine(name))));
    }

    /// Somebody asks for a change of alice's account, and wants to hear too when it is final.
    void askAt(long millis, String name, RequestId id, Consistency consistency, Account.Change change) {
        askAt(millis, name, id, consistency, change, PATIENCE_MILLIS);
    }

    void askAt(long millis, String name, RequestId id, Consistency consistency, Account.Change change, long patience) {
        at(millis, () -> {
            var wish = new Workload.Wish(Account.TYPE, PartitionKey.of("alice"), change);
            var inquiry = new Inquiry(id, 0, ALICE, wish, consistency, true, world.timeline.micros());
            var caller = new Caller(world, narrator, inquiry, wish);
            callers.put(id, caller);
            caller.ask(machine(name), patience);
        });
    }

    /// The same request once more, under its request id.
    void askAgainAt(long millis, String name, RequestId id) {
        at(millis, () -> caller(id).ask(machine(name), PATIENCE_MILLIS));
    }

    private Caller caller(RequestId id) {
        return java.util.Objects.requireNonNull(callers.get(id));
    }

    /// What the nodes themselves see of alice's account.
    void balancesAt(long millis, String... machines) {
        at(millis, () -> List.of(machines).forEach(this::balance));
    }

    private void balance(String name) {
        if (machine(name).projectedState(ALICE) instanceof Account account) {
            narrator.tell(narrator.nameOf(machine(name)), "would answer a FAST read: balance " + account.cents());
        }
    }

    void cutAt(long millis, String one, String other) {
        at(millis, () -> {
            world.network.cut(machine(one).number, machine(other).number);
            world.network.cut(machine(other).number, machine(one).number);
        });
    }

    void healAt(long millis) {
        tellAt(millis, "network", "is whole again");
        at(millis, world.network::healAll);
    }

    /// Runs the script.
    ///
    /// @return the transcript
    /// @throws AssertionError if an invariant was broken, or a request is not in history once
    String run() {
        Finding finding = run.run();
        if (finding.breach() != null) {
            throw new AssertionError(finding.breach() + "\n" + String.join("\n", narrator.lines()));
        }
        var text = new ArrayList<>(narrator.lines());
        text.add("");
        text.add("What came back:");
        Replay replay = run.histories.replay(0);
        callers.values().forEach(caller -> text.add(cameBack(caller, replay)));
        for (Machine machine : world.machines) {
            Object state = machine.projectedState(ALICE);
            text.add("  " + narrator.nameOf(machine) + ": "
                    + (state instanceof Account account ? "balance " + account.cents() : "no copy of the shard"));
        }
        return String.join("\n", text) + "\n";
    }

    private String cameBack(Caller caller, Replay replay) {
        RequestId id = caller.inquiry().id;
        long times = run.histories.line(0).all().stream()
                .filter(folded -> folded.request().equals(id) && folded.kind() <= 2)
                .count();
        Replay.Told told = replay.of(caller.inquiry());
        if (times == 0 && run.operator.isListed(0, id)) {
            return "  %s %-12s not in the history, but listed;           answered: %s"
                    .formatted(id, caller.what(), String.join(", ", caller.answers()));
        }
        if (times != 1 || told == null) {
            throw new AssertionError(id + " is " + times + " times in history");
        }
        String output = told.output() == null ? "failed" : caller.output(true, told.output());
        return "  %s %-12s place %d of the history, once: %-12s answered: %s"
                .formatted(
                        id,
                        caller.what(),
                        told.index(),
                        output,
                        caller.answers().isEmpty() ? "-" : String.join(", ", caller.answers()));
    }
}
