package io.legion.simulation.runs;

import io.legion.simulation.checkers.Checker;
import io.legion.simulation.history.Histories;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.MixedTypes;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.World;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/// Carries out single runs.
public final class Runs {
    private Runs() {}

    /// Runs Legion's own workload without a listener.
    public static Finding quietly(Plan plan) {
        return run(plan, MixedTypes.of(plan), Runs::nothingMore);
    }

    /// Runs a user's workload, with one more checker.
    static Finding run(Plan plan, Workload workload, BiFunction<World, Histories, Checker> more) {
        var timeline = new Timeline();
        return new Run(plan, Scene.of(plan), workload, timeline, Story.silent(timeline), more).run();
    }

    /// Tells a run of Legion's own workload line by line.
    public static Finding told(Plan plan, Consumer<String> listener, boolean everything) {
        var timeline = new Timeline();
        var story = new Story(timeline, listener, everything);
        return new Run(plan, Scene.of(plan), MixedTypes.of(plan), timeline, story, Runs::nothingMore).run();
    }

    /// A checker that checks nothing.
    static Checker nothingMore(World world, Histories histories) {
        return new Checker() {};
    }
}
