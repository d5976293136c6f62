package com.example.reservations.check;

import java.io.IOException;

/// What goes wrong with nodes, and restarts, which are meant.
enum Fault implements Happening {
    /// Each node in turn stops and is started again.
    RESTARTS {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            for (int number = 1; number <= Nodes.COUNT; number++) {
                nodes.node(number).stop();
                Thread.sleep(SHORT);
                back(nodes, number);
            }
        }
    },
    KILL {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            nodes.node(victim).kill();
            Thread.sleep(LONG);
            back(nodes, victim);
        }
    },
    /// Longer than the others take to notice it.
    PAUSE {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            nodes.wholeness().lost();
            nodes.node(victim).pause();
            Thread.sleep(LONG);
            nodes.node(victim).resume();
            Thread.sleep(HEARS_AGAIN);
            nodes.wholeness().restored();
        }
    },
    /// All nodes at once, as when the power fails (their machines do not).
    KILL_ALL {
        @Override
        public void happen(Nodes nodes, int victim) throws IOException, InterruptedException {
            nodes.wholeness().lost();
            for (int number = 1; number <= Nodes.COUNT; number++) {
                nodes.node(number).kill();
            }
            for (int number = 1; number <= Nodes.COUNT; number++) {
                nodes.node(number).start();
            }
            for (int number = 1; number <= Nodes.COUNT; number++) {
                nodes.node(number).awaitReady();
            }
            Thread.sleep(HEARS_AGAIN);
            nodes.wholeness().restored();
        }
    };

    /// How long a node is away, in milliseconds: long enough that the others go on without it.
    private static final long SHORT = 500;

    private static final long LONG = 4_000;

    /// After how many milliseconds at most a node that was cut off knows what the others know.
    private static final long HEARS_AGAIN = 2_000;

    @Override
    public boolean isOfVictim() {
        return this == KILL || this == PAUSE;
    }

    private static void back(Nodes nodes, int number) throws IOException, InterruptedException {
        nodes.node(number).start();
        nodes.node(number).awaitReady();
    }
}
