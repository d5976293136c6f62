package io.legion.cluster.test;

/// What happens to a node.
enum Trouble {
    /// Its network is gone.
    CUT_OFF {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.network().cutOff(node);
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.network().reconnect(node);
        }
    },
    /// It and another one do not reach each other; both reach the others.
    CUT_BETWEEN {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.network().silence(node, other);
            lab.network().silence(other, node);
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.network().endSilence(node, other);
            lab.network().endSilence(other, node);
        }
    },
    /// What it sends to another one gets lost; what that one sends arrives.
    CUT_ONE_WAY {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.network().silence(node, other);
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.network().endSilence(node, other);
        }
    },
    /// It stands still.
    PAUSE {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.node(node).pause();
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.node(node).resume();
        }
    },
    /// Its network is gone, it dies, and is started again with its network: what it alone had is in its store only.
    CUT_OFF_AND_KILL {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.network().cutOff(node);
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.kill(node);
            lab.network().reconnect(node);
            lab.launch(node);
        }
    },
    /// It dies, and is started again.
    KILL {
        @Override
        void begin(Lab lab, int node, int other) {
            lab.kill(node);
        }

        @Override
        void end(Lab lab, int node, int other) {
            lab.launch(node);
        }
    };

    /// Whether the node is another process afterwards.
    boolean isDeadly() {
        return this == KILL || this == CUT_OFF_AND_KILL;
    }

    /// @param other another node, if the trouble is between two
    abstract void begin(Lab lab, int node, int other);

    abstract void end(Lab lab, int node, int other);
}
