package io.legion.simulation;

import java.util.function.Consumer;
import java.util.function.Function;

/// Carries out single runs.
final class Runs {
    private Runs() {}

    /// Runs Legion's own workload without a listener.
    static Finding quietly(Plan plan) {
        return run(plan, MixedTypes.of(plan), Nothing::new);
    }

    /// Runs a user's workload, with one more checker.
    static Finding run(Plan plan, Workload workload, Function<World, Checker> more) {
        var timeline = new Timeline();
        return new World(plan, Scene.of(plan), workload, timeline, Story.silent(timeline), more).run();
    }

    /// Tells a run of Legion's own workload line by line.
    static Finding told(Plan plan, Consumer<String> listener, boolean everything) {
        var timeline = new Timeline();
        var story = new Story(timeline, listener, everything);
        return new World(plan, Scene.of(plan), MixedTypes.of(plan), timeline, story, Nothing::new).run();
    }

    /// Checks nothing more.
    record Nothing(World world) implements Checker {}
}
