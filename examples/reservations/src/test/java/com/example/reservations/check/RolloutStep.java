package com.example.reservations.check;

import java.io.IOException;
import java.time.Duration;

/// A step of a roll-out, which brings another release to one node after the other.
sealed interface RolloutStep extends Happening {
    /// The node comes back with another release.
    ///
    /// @param isKilled if it did not stop by itself
    record Install(int node, Release release, boolean isKilled) implements RolloutStep {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            var changed = nodes.node(node);
            if (isKilled) {
                changed.kill();
            } else {
                changed.stop();
            }
            changed.install(release);
            changed.start();
            changed.awaitReady();
        }

        @Override
        public String toString() {
            return "release " + release.number() + " for node " + node + (isKilled ? " after kill -9" : "");
        }
    }

    /// The version becomes active, and callers begin to use it.
    ///
    /// @param isOrdered if it is on hold, and somebody orders it
    record Rise(int version, boolean isOrdered) implements RolloutStep {
        private static final Duration PATIENCE = Duration.ofSeconds(60);

        @Override
        public void happen(Nodes nodes, int victim) throws InterruptedException {
            if (isOrdered) {
                requireStatus(200, nodes.callers().call(victim, "POST", "/versions?order=raise", "", ""));
            }
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!nodes.isEverywhere(version)) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException("version " + version + " does not become active");
                }
                Thread.sleep(50);
            }
            nodes.callers().version(version);
        }
    }

    /// The version stays active, and refuses what the next one brings.
    ///
    /// @param through a node whose release has the next one
    /// @param asked a request that needs it
    record Stay(int version, Duration time, int through, String asked) implements RolloutStep {
        @Override
        public void happen(Nodes nodes, int victim) throws InterruptedException {
            long end = System.nanoTime() + time.toNanos();
            do {
                if (!nodes.isEverywhere(version)) {
                    throw new IllegalStateException("version " + version + " is not the active one any more");
                }
                Thread.sleep(100);
            } while (System.nanoTime() < end);
            var refused = nodes.callers().call(through, "POST", asked, "too-early", "");
            requireStatus(503, refused);
            if (!refused.hasFate(Operation.Fate.NOT_APPLIED) || !refused.body().contains("needs version")) {
                throw new IllegalStateException("a refusal that does not say what it needs: " + refused);
            }
        }
    }

    /// The node comes back with a release that is too old, is kept out, and comes back with its own.
    ///
    /// @param active the version that it would need
    record KeptOut(int node, Release old, int active) implements RolloutStep {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            var changed = nodes.node(node);
            var own = changed.release();
            changed.stop();
            changed.install(old);
            changed.start();
            changed.awaitKeptOut("Start a release here that runs version " + active);
            changed.kill();
            changed.install(own);
            changed.start();
            changed.awaitReady();
        }

        @Override
        public String toString() {
            return "node " + node + " with release " + old.number() + " again";
        }
    }

    private static void requireStatus(int wanted, Response response) {
        if (response.status() != wanted) {
            throw new IllegalStateException("not " + wanted + ": " + response);
        }
    }
}
