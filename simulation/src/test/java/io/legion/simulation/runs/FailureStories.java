package io.legion.simulation.runs;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.shard.Change;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.disk.SimulatedDisk;
import io.legion.simulation.workload.Account;
import io.legion.simulation.world.Machine;
import java.util.ArrayList;
import java.util.List;

/// The cases of `docs/failures.md`.
final class FailureStories {
    private static final long HOUR_MILLIS = 3_600_000;

    private FailureStories() {}

    private static RequestId request(long client, long number) {
        return new RequestId(client, number);
    }

    /// A node dies, and does not come back for a long time.
    static String oneDeadNode() {
        var scenario = new Scenario("DABC", 7_000);
        scenario.reportAt(0, "A", "B", "C", "D");
        scenario.askAt(100, "A", request(1, 0), Consistency.FINAL, new Account.Deposit(100));
        scenario.tellAt(500, "C", "dies");
        scenario.at(500, () -> scenario.machine("C").stop());
        scenario.askAt(700, "A", request(1, 1), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(800, "B", request(2, 0), Consistency.DURABLE, new Account.Deposit(20));
        scenario.askAt(900, "A", request(1, 2), Consistency.FINAL, new Account.Withdraw(5));
        scenario.reportAt(2_000, "A", "B");
        scenario.askAt(4_000, "B", request(2, 1), Consistency.FINAL, new Account.Deposit(1));
        scenario.reportAt(4_500, "A", "B", "D");
        scenario.tellAt(5_000, "C", "is started again, with the disk that it had");
        scenario.at(5_000, () -> scenario.machine("C").start());
        return scenario.run();
    }

    /// A disk is replaced by a copy from before.
    static String anOldCopyOfADisk() {
        var scenario = new Scenario("ABC", 7_000);
        var kept = new ArrayList<SimulatedDisk.Copy>();
        scenario.askAt(0, "C", request(1, 0), Consistency.FAST, new Account.Deposit(100));
        scenario.at(200, () -> {
            scenario.narrator.tell("person", "makes a copy of C's disk");
            scenario.narrator.report(scenario.machine("C"));
            kept.add(scenario.machine("C").disk.copy());
        });
        scenario.askAt(400, "C", request(1, 1), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(450, "C", request(1, 2), Consistency.DURABLE, new Account.Deposit(20));
        scenario.askAt(500, "A", request(2, 0), Consistency.FINAL, new Account.Withdraw(5));
        scenario.reportAt(700, "C");
        scenario.at(800, () -> restore(scenario, scenario.machine("C"), kept.getFirst()));
        scenario.askAt(1_000, "A", request(2, 1), Consistency.FAST, new Account.Deposit(1));
        scenario.askAt(1_100, "B", request(3, 0), Consistency.DURABLE, new Account.Deposit(2));
        scenario.askAt(1_200, "A", request(2, 2), Consistency.FINAL, new Account.Withdraw(3));
        scenario.askAgainAt(1_300, "C", request(1, 2));
        scenario.askAt(5_000, "C", request(1, 3), Consistency.FINAL, new Account.Deposit(7));
        scenario.reportAt(6_000, "A", "B", "C");
        return scenario.run();
    }

    private static void restore(Scenario scenario, Machine machine, SimulatedDisk.Copy copy) {
        NodeId old = machine.node();
        scenario.narrator.tell("C", "loses its disk");
        machine.stop();
        machine.disk.restore(copy);
        scenario.narrator.tell("person", "puts the old copy in its place, which says that it is node " + old);
        scenario.run.trouble.beginAnew(machine);
        scenario.narrator.named(machine.node(), "C2");
        scenario.narrator.tell("person", "says that it is a copy: it starts as node " + machine.node() + ", empty");
        machine.start();
    }

    /// A disk is replaced by a copy from before, and nobody says so.
    static String anOldCopyThatNobodyAnnounced() {
        var scenario = new Scenario("ABC", 7_000);
        var kept = new ArrayList<SimulatedDisk.Copy>();
        scenario.askAt(0, "C", request(1, 0), Consistency.FAST, new Account.Deposit(100));
        scenario.at(200, () -> {
            scenario.narrator.tell("person", "makes a copy of C's disk");
            kept.add(scenario.machine("C").disk.copy());
        });
        scenario.askAt(400, "C", request(1, 1), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(450, "C", request(1, 2), Consistency.DURABLE, new Account.Deposit(20));
        scenario.reportAt(700, "C");
        scenario.at(800, () -> putBack(scenario, scenario.machine("C"), kept.getFirst()));
        scenario.askAt(801, "C", request(1, 3), Consistency.FAST, new Account.Deposit(5));
        scenario.askAt(1_500, "A", request(2, 0), Consistency.FINAL, new Account.Withdraw(5));
        scenario.reportAt(1_700, "A", "B", "C");
        scenario.at(2_000, () -> startAnew(scenario, scenario.machine("C")));
        scenario.askAgainAt(4_000, "C", request(1, 2));
        scenario.askAt(5_000, "C", request(1, 4), Consistency.FINAL, new Account.Deposit(7));
        scenario.reportAt(6_000, "A", "B", "C");
        return scenario.run();
    }

    private static void putBack(Scenario scenario, Machine machine, SimulatedDisk.Copy copy) {
        scenario.narrator.tell("person", "puts the copy in the place of C's disk, tells nobody, and starts C");
        machine.putBack(copy);
        machine.start();
    }

    private static void startAnew(Scenario scenario, Machine machine) {
        machine.stop();
        scenario.run.trouble.beginAnew(machine);
        scenario.narrator.named(machine.node(), "C2");
        scenario.narrator.tell(
                "person", "starts C again: its store is marked, and it begins as node " + machine.node());
        machine.start();
    }

    /// The network is cut, and people on both sides remove those on the other one.
    static String removalFromBothSides() {
        var scenario = new Scenario("ABC", 7_000);
        cutOffA(scenario);
        scenario.askAt(700, "A", request(1, 1), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(750, "B", request(2, 0), Consistency.FAST, new Account.Deposit(20));
        scenario.at(1_000, () -> remove(scenario, "A", "B", "C"));
        scenario.at(1_000, () -> remove(scenario, "B", "A"));
        scenario.askAt(1_200, "A", request(1, 2), Consistency.FAST, new Account.Deposit(30));
        scenario.askAt(1_300, "A", request(1, 3), Consistency.DURABLE, new Account.Deposit(1), 1_000);
        scenario.askAt(1_400, "A", request(1, 4), Consistency.FINAL, new Account.Withdraw(50), 1_000);
        scenario.askAt(1_500, "B", request(2, 1), Consistency.DURABLE, new Account.Deposit(2));
        scenario.askAt(1_600, "C", request(3, 0), Consistency.FINAL, new Account.Withdraw(40));
        scenario.askAgainAt(2_700, "B", request(1, 4));
        scenario.balancesAt(3_000, "A", "B", "C");
        scenario.reportAt(3_000, "A", "B", "C");
        scenario.healAt(3_500);
        scenario.askAt(6_000, "A", request(1, 5), Consistency.FINAL, new Account.Deposit(3));
        scenario.reportAt(6_500, "A", "B", "C");
        return scenario.run();
    }

    /// A has heard of a deposit like the others, and is then cut off.
    private static void cutOffA(Scenario scenario) {
        scenario.askAt(0, "A", request(1, 0), Consistency.FINAL, new Account.Deposit(100));
        scenario.tellAt(500, "network", "is cut: A on one side, B and C on the other");
        scenario.cutAt(500, "A", "B");
        scenario.cutAt(500, "A", "C");
    }

    /// A majority dies after it has answered what the third node has not heard of; a person forces a change, and then
    /// the dead come back with their disks.
    static String aMajorityLostAndForced() {
        var scenario = new Scenario("ABC", 16_000);
        cutOffA(scenario);
        scenario.askAt(700, "B", request(2, 0), Consistency.DURABLE, new Account.Deposit(20));
        scenario.askAt(800, "B", request(2, 1), Consistency.FAST, new Account.Deposit(5));
        scenario.tellAt(1_000, "B, C", "die");
        scenario.at(1_000, () -> scenario.machine("B").stop());
        scenario.at(1_000, () -> scenario.machine("C").stop());
        scenario.askAt(1_200, "A", request(1, 1), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(1_300, "A", request(1, 2), Consistency.DURABLE, new Account.Deposit(1));
        scenario.askAt(1_400, "A", request(1, 3), Consistency.FINAL, new Account.Withdraw(50));
        scenario.reportAt(3_900, "A");
        scenario.at(4_000, () -> force(scenario, "A", "B", "C"));
        scenario.askAt(4_500, "A", request(1, 4), Consistency.FINAL, new Account.Deposit(2));
        scenario.askAgainAt(4_700, "A", request(2, 1));
        scenario.reportAt(4_900, "A");
        scenario.tellAt(5_000, "network", "is whole again");
        scenario.at(5_000, scenario.world.network::healAll);
        scenario.tellAt(5_000, "B, C", "are started again, with the disks that they had");
        scenario.at(5_000, () -> scenario.machine("B").start());
        scenario.at(5_000, () -> scenario.machine("C").start());
        scenario.balancesAt(7_000, "A", "B", "C");
        scenario.reportAt(7_000, "A", "B", "C");
        scenario.at(8_000, () -> look(scenario, "B"));
        scenario.at(8_000, () -> look(scenario, "C"));
        scenario.askAt(15_000, "B", request(2, 2), Consistency.FINAL, new Account.Deposit(7));
        scenario.reportAt(15_500, "A", "B", "C");
        return scenario.run();
    }

    private static void force(Scenario scenario, String by, String... lost) {
        List<NodeId> nodes = List.of(lost).stream()
                .map(name -> scenario.machine(name).node())
                .toList();
        scenario.narrator.tell(
                "person",
                "declares on " + by + " that " + String.join(" and ", lost) + " are lost with what only they have");
        scenario.machine(by).give((process, now) -> process.force(0, nodes, now));
    }

    private static void look(Scenario scenario, String name) {
        scenario.narrator.tell("person", "reads the list of " + name + ", and lets it drop its copy");
        scenario.run.operator.readList(scenario.machine(name), 0);
    }

    /// A person tells a node to remove others, whatever that node thinks of it.
    private static void remove(Scenario scenario, String by, String... removed) {
        Machine machine = scenario.machine(by);
        List<NodeId> nodes = List.of(removed).stream()
                .map(name -> scenario.machine(name).node())
                .toList();
        ReplicaStatus status = machine.status(0).orElseThrow();
        List<ParticipantId> out = status.participants().stream()
                .filter(participant -> nodes.contains(participant.node()))
                .toList();
        scenario.narrator.tell("person", "tells " + by + " to remove " + String.join(" and ", removed));
        machine.give((process, now) -> process.change(0, new Change(out, List.of()), now));
    }

    /// A clock is an hour ahead for a few seconds.
    static String aClockThatIsAhead() {
        var scenario = new Scenario("ABC", 7_000);
        scenario.askAt(100, "A", request(1, 0), Consistency.FINAL, new Account.Deposit(100));
        turnClockOfC(scenario, 500, "is set an hour ahead", HOUR_MILLIS);
        scenario.askAt(600, "C", request(2, 0), Consistency.FAST, new Account.Deposit(10));
        scenario.askAt(700, "A", request(1, 1), Consistency.DURABLE, new Account.Deposit(20));
        scenario.askAt(800, "A", request(1, 2), Consistency.FINAL, new Account.Withdraw(5));
        scenario.askAt(1_000, "C", request(2, 1), Consistency.FAST, new Account.Deposit(1));
        scenario.reportAt(2_000, "A", "B", "C");
        turnClockOfC(scenario, 3_000, "is set right", -HOUR_MILLIS);
        scenario.askAt(4_000, "C", request(2, 2), Consistency.FINAL, new Account.Deposit(2));
        scenario.askAt(4_500, "B", request(3, 0), Consistency.FINAL, new Account.Deposit(3));
        scenario.reportAt(5_000, "A", "B", "C");
        return scenario.run();
    }

    private static void turnClockOfC(Scenario scenario, long millis, String how, long byMillis) {
        scenario.tellAt(millis, "person", "sees that the clock of C " + how);
        scenario.at(millis, () -> scenario.machine("C").turnClock(byMillis));
    }
}
