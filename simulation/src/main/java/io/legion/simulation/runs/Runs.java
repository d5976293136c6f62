package io.legion.simulation.runs;

import io.legion.simulation.checkers.Checker;
import io.legion.simulation.history.Histories;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Story;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.workload.MixedTypes;
import io.legion.simulation.workload.RollingTypes;
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

    /// Runs Legion's own workload of several releases, which are rolled out and back.
    public static Finding rolling(Plan plan) {
        return run(plan, RollingTypes.of(plan), Runs::nothingMore);
    }

    /// Runs a user's workload, with one more checker.
    static Finding run(Plan plan, Workload workload, BiFunction<World, Histories, Checker> more) {
        var timeline = new Timeline();
        var scene = workload.releases().size() > 1 ? Scene.rolling(plan) : Scene.of(plan);
        return new Run(plan, scene, workload, timeline, Story.silent(timeline), more).run();
    }

    /// Tells a run of Legion's own workload line by line.
    public static Finding told(Plan plan, Consumer<String> listener, boolean everything) {
        return told(plan, Scene.of(plan), MixedTypes.of(plan), listener, everything);
    }

    /// Tells a run like [#rolling] line by line.
    public static Finding rollingTold(Plan plan, Consumer<String> listener, boolean everything) {
        return told(plan, Scene.rolling(plan), RollingTypes.of(plan), listener, everything);
    }

    private static Finding told(
            Plan plan, Scene scene, Workload workload, Consumer<String> listener, boolean everything) {
        var timeline = new Timeline();
        var story = new Story(timeline, listener, everything);
        return new Run(plan, scene, workload, timeline, story, Runs::nothingMore).run();
    }

    /// A checker that checks nothing.
    static Checker nothingMore(World world, Histories histories) {
        return new Checker() {};
    }
}
