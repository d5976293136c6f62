package io.legion.simulation.runs;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Unfound;
import io.legion.simulation.checkers.Checker;
import io.legion.simulation.time.Timeline;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes down what happens in a scenario, in lines that people read: what it is told, what nodes log as a warning or
/// worse, and each step of a replica that it can see from outside.
final class Narrator implements Checker.OfLooks {
    private static final int WIDTH = 118;
    private static final String INDENT = " ".repeat(19);
    private static final Pattern LOGGED = Pattern.compile("\\s*[\\d.]+\\s+m(\\d+)\\s+((?:WARNING|ERROR): .*)");

    private final Timeline timeline;
    private final long beginMicros;
    private final TreeMap<NodeId, String> names = new TreeMap<>();
    private final TreeMap<String, ReplicaStatus> before = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    /// @param beginMicros nothing is told of what happens before; this is the time 0 of the lines
    Narrator(Timeline timeline, long beginMicros) {
        this.timeline = timeline;
        this.beginMicros = beginMicros;
    }

    List<String> lines() {
        return lines;
    }

    void named(NodeId node, String name) {
        names.put(node, name);
    }

    String nameOf(Machine machine) {
        return names.getOrDefault(machine.node(), machine.name);
    }

    void tell(String who, String what) {
        long micros = timeline.micros() - beginMicros;
        if (micros < 0) {
            return;
        }
        var line = new StringBuilder(
                String.format(Locale.ROOT, "%3d.%03d s  %-8s", micros / 1_000_000, micros / 1000 % 1000, who));
        for (String word : what.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(INDENT);
            }
            line.append(line.toString().isBlank() ? "" : " ").append(word);
        }
        lines.add(line.toString());
    }

    /// A line of the simulation's own story.
    void heard(World world, String line) {
        var logged = LOGGED.matcher(line);
        if (logged.matches()) {
            Machine machine = world.machines.get(Integer.parseInt(logged.group(1)));
            tell(nameOf(machine), "logs " + readable(logged.group(2)));
        }
    }

    /// The same text with names in place of node ids.
    private String readable(String text) {
        String readable = text;
        for (Map.Entry<NodeId, String> name : names.entrySet()) {
            readable = readable.replace(name.getKey().toString(), name.getValue());
        }
        return readable;
    }

    @Override
    public void looked(Machine machine, int shard, ReplicaStatus now) {
        ReplicaStatus last = before.put(nameOf(machine), now);
        String who = nameOf(machine);
        if (last == null || last.phase() != now.phase()) {
            phase(who, now);
        } else if (last.epoch() != now.epoch() && now.phase() == ReplicaStatus.Phase.PARTICIPATING) {
            epoch(who, now);
        }
        if (now.frozen() && (last == null || !last.frozen())) {
            tell(who, "has promised to vote on a change: epoch " + Epoch.text(now.epoch()) + " is frozen here");
        }
        tellUnfound(who, last, now);
        if (!now.salvage().isEmpty() && (last == null || !last.salvage().equals(now.salvage()))) {
            tell(who, "lists as salvage: " + readable(now.salvage().toString()));
        } else if (now.salvage().isEmpty() && last != null && !last.salvage().isEmpty()) {
            tell(who, "has no salvage left: each of them is safe with the others");
        }
    }

    private void tellUnfound(String who, @Nullable ReplicaStatus last, ReplicaStatus now) {
        Overruled found = now.overruled();
        Overruled before = last == null ? null : last.overruled();
        if (found != null && found.complete() && (before == null || !before.complete()) && found.count() > 0) {
            tell(
                    who,
                    "lists as not in the history that goes on: "
                            + found.unfound().stream().map(Unfound::request).toList());
        }
    }

    private void phase(String who, ReplicaStatus now) {
        switch (now.phase()) {
            case COPYING -> tell(who, "copies the shard");
            case PARTICIPATING -> epoch(who, now);
            case REMOVED -> tell(who, "learns that it was removed, and originates nothing more");
            case DIVERGED -> tell(who, "is set apart");
            case OVERRULED -> tell(who, "is overruled by a forced change, and keeps its copy aside");
            case OLD_COPY -> tell(who, "finds that its store is an old copy, and takes no part any more");
            case GONE -> tell(who, "has nothing left that anybody needs, and drops its old copy");
        }
    }

    private void epoch(String who, ReplicaStatus now) {
        tell(who, "is in epoch " + Epoch.text(now.epoch()) + " with " + participants(now));
    }

    /// How a replica stands.
    void report(Machine machine) {
        String who = nameOf(machine);
        machine.status(0)
                .ifPresentOrElse(
                        now -> tell(
                                who,
                                now.phase() + " in epoch " + Epoch.text(now.epoch()) + " of " + participants(now) + ": "
                                        + now.folded() + " folded, " + now.outstanding() + " outstanding"),
                        () -> tell(who, "has no copy of the shard"));
    }

    private String participants(ReplicaStatus status) {
        return String.join(
                ", ", status.participants().stream().map(this::participant).toList());
    }

    private String participant(ParticipantId participant) {
        return names.getOrDefault(participant.node(), participant.node().toString()) + "."
                + Epoch.text(participant.epoch());
    }
}
