package io.legion.simulation.world;

import io.legion.core.shard.UnknownDataException;
import io.legion.core.shard.UnknownVersionException;
import io.legion.service.Logger;
import org.jspecify.annotations.Nullable;

/// Puts what a node logs into the story; a shard that stops without a fault of its disk is a breach.
record MachineLog(World world, Machine machine) implements Logger {
    @Override
    public boolean isEnabled(Priority priority) {
        return true;
    }

    @Override
    public void log(Priority priority, String message, @Nullable Throwable cause) {
        world.story.tell(machine.name, () -> priority + ": " + message + (cause == null ? "" : " (" + cause + ")"));
        if (priority != Priority.ERROR) {
            return;
        }
        if (cause instanceof UnknownVersionException) {
            machine.outdated();
        } else if (cause instanceof UnknownDataException && world.releases.size() > 1) {
            world.broken(World.USERS_RELEASE, unreadable(cause));
        } else if (message.contains("states differ")) {
            world.broken("EqualHistoryEqualState", machine.name + " was set apart: " + message);
        } else if (cause != null && !machine.isDiskInTrouble()) {
            world.broken("NothingStops", machine.name + ": " + message + " " + where(cause));
        }
    }

    /// R87 keeps a release from all of a version that it does not run; so what it cannot read was written under one
    /// that it runs.
    private String unreadable(Throwable cause) {
        return machine.name + " runs " + world.nameOfRelease(machine.release())
                + ", and cannot read what another release wrote (" + cause.getMessage()
                + "). Nodes stop at this. What a release adds needs @Since, with a version(...) of its own; what it"
                + " removes or renames has to stay under its old name (docs/upgrades.md)";
    }

    /// What was thrown, and where.
    static String where(Throwable cause) {
        var text = new StringBuilder(cause.toString());
        StackTraceElement[] trace = cause.getStackTrace();
        for (int i = 0; i < Math.min(6, trace.length); i++) {
            text.append(" < ").append(trace[i].getFileName()).append(':').append(trace[i].getLineNumber());
        }
        return text.toString();
    }

    @Override
    public Logger named(String name) {
        return this;
    }
}
