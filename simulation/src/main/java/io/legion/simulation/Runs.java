package io.legion.simulation;

import java.util.function.Consumer;

/// Carries out single runs.
final class Runs {
    private Runs() {}

    static Finding quietly(Plan plan) {
        var timeline = new Timeline();
        return run(plan, timeline, Story.silent(timeline));
    }

    static Finding told(Plan plan, Consumer<String> listener, boolean everything) {
        var timeline = new Timeline();
        return run(plan, timeline, new Story(timeline, listener, everything));
    }

    private static Finding run(Plan plan, Timeline timeline, Story story) {
        Scene scene = Scene.of(plan.seed());
        return new World(plan, scene, new LedgersAndAccounts(scene.keys()), timeline, story).run();
    }
}
