package io.legion.simulation.scene;

import java.util.List;

/// Where and how a run takes place; follows from its seed.
///
/// @param faultyMillis how long requests and faults go on
public record Scene(Nodes nodes, Links links, Load load, long faultyMillis, List<PlannedFault> faults) {
    /// The scene of a seed, with all faults.
    public static Scene of(long seed) {
        return new SceneDraw(seed).scene();
    }

    /// The scene of a run: that of its seed, less the machines that the plan leaves out and the faults on them.
    public static Scene of(Plan plan) {
        Scene scene = of(plan.seed());
        int machines = Math.min(scene.nodes.machines(), plan.machines());
        return machines == scene.nodes.machines() ? scene : scene.first(machines);
    }

    /// The scene of a seed whose only fault is a lost majority, with forced changes.
    public static Scene forced(long seed) {
        Scene scene = of(seed);
        return scene.with(List.of(new SceneDraw(seed).onlyForced(scene)));
    }

    /// The scene of a run in which releases of the service are rolled out and back.
    public static Scene rolling(Plan plan) {
        Scene scene = of(plan.seed());
        Scene rolled = scene.with(new SceneDraw(plan.seed()).rolling(scene));
        int machines = Math.min(scene.nodes.machines(), plan.machines());
        return machines == scene.nodes.machines() ? rolled : rolled.first(machines);
    }

    private Scene first(int machines) {
        var within = faults.stream().filter(fault -> fault.isWithin(machines)).toList();
        return new Scene(nodes.first(machines), links, load, faultyMillis, within);
    }

    private Scene with(List<PlannedFault> others) {
        return new Scene(nodes, links, load, faultyMillis, others);
    }
}
