package io.legion.simulation.rehearsal;

import io.legion.core.PartitionType;

/// What to do about a difference, for a type as it is now.
record Cure(PartitionType<?> type) {
    String logic(int version) {
        return type.version() > version
                ? "This release has version(" + type.version() + "), and under version " + version
                        + " it must do what that one did: branch on context.version()."
                : "If this is meant, raise version(...) to " + (version + 1)
                        + " and keep the old branch under context.version() < " + (version + 1) + ".";
    }

    String index(int version) {
        int next = Math.max(type.version(), version + 1);
        return "If this is meant, " + (next > type.version() ? "raise version(...) to " + next + " and " : "")
                + "write index((state, version) -> ...), which gives the old tags while version < " + next + ".";
    }

    String states() {
        return "States that exist already would become others. Keep what was there: a component that is removed, renamed"
                + " or read with another default is another one. Give new components a name of their own and mark them"
                + " @Since(" + (type.version() + 1) + "), with version(" + (type.version() + 1) + ").";
    }

    String reading() {
        return "Nodes would stop at this data. What was renamed needs @WireName(\"its old name\"): a constant, an alternative"
                + " or a component. What is gone has to stay, and what has another kind needs a name of its own"
                + " (docs/codec.md).";
    }

    String purity() {
        return "apply must depend on nothing but the event, the state and the context, and must change none of them"
                + " (docs/events.md).";
    }

    String indexPurity() {
        return "The index function must depend on nothing but the state and the version, and must change neither.";
    }

    String initial() {
        return "All partitions that nobody has changed are in this state, in all versions: keep it as it was."
                + " What its record's constructor makes of nothing is part of it.";
    }
}
