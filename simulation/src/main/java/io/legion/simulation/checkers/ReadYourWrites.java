package io.legion.simulation.checkers;

import io.legion.core.EventId;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.workload.LedgerNumbers;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.World;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// I12: a read within a session shows all that the session had seen, whatever fails. Outside too it shows all that was
/// answered DURABLE or FINAL before it began, unless a node was cut off.
///
/// Ledgers show it: each number in them was written by one request.
final class ReadYourWrites implements Checker {
    private final World world;
    private final Histories histories;

    ReadYourWrites(World world, Histories histories) {
        this.world = world;
        this.histories = histories;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            if (!histories.isForced(shard)) {
                check(histories.line(shard), world.inquiries.of(shard));
            }
        }
    }

    private void check(EraHistory line, List<Inquiry> asked) {
        var writers = new HashMap<Long, Inquiry>();
        for (Inquiry inquiry : asked) {
            if (inquiry.wish != null) {
                LedgerNumbers.of(inquiry.wish.event()).ifPresent(number -> writers.put(number, inquiry));
            }
        }
        for (Inquiry read : asked) {
            Inquiry.Seen seen = read.seen();
            if (seen != null) {
                check(read, seen, read.ofSession(), "its session had seen it", line, writers);
                if (seen.undisturbed()) {
                    check(read, seen, read.durable(), "it was answered DURABLE or FINAL", line, writers);
                }
            }
        }
    }

    private void check(
            Inquiry read,
            Inquiry.Seen seen,
            List<Long> expected,
            String why,
            EraHistory line,
            Map<Long, Inquiry> writers) {
        List<Long> shown = LedgerNumbers.in(seen.state());
        var missing = new TreeSet<>(expected);
        shown.forEach(missing::remove);
        for (long number : missing) {
            if (!isRefused(writers.get(number), line) && !mayBeDropped(number, seen.state(), shown, line, writers)) {
                world.broken(
                        "ReadYourWrites",
                        read + " of " + read.address + " does not show " + number + " of " + writers.get(number)
                                + ", though " + why + " before the read began: it saw " + seen);
            }
        }
    }

    /// An event that was answered FAST or DURABLE is not in history if its id stands for another one there (R74).
    private static boolean isRefused(@Nullable Inquiry writer, EraHistory line) {
        return writer != null && line.isForAnother(writer);
    }

    /// A full ledger has dropped what came before the first number that it shows.
    private boolean mayBeDropped(
            long number, Object state, List<Long> shown, EraHistory line, Map<Long, Inquiry> writers) {
        if (!LedgerNumbers.isFull(state)) {
            return false;
        }
        EventId missing = event(writers.get(number), line);
        EventId first = event(writers.get(shown.get(1)), line);
        return missing == null || first == null || missing.compareTo(first) < 0;
    }

    /// The event by which a request was answered and is in history; null if it may have been shown as another event
    /// before, or if it came back as another one.
    private @Nullable EventId event(@Nullable Inquiry writer, EraHistory line) {
        if (writer == null || writer.tries() > 1 || histories.isDoubled(writer.shard, writer.id)) {
            return null;
        }
        Chronicle.Folded folded = line.of(writer);
        if (folded == null) {
            return null;
        }
        EventId event = folded.event();
        return writer.answers().stream().allMatch(answer -> answer.event().equals(event)) ? event : null;
    }
}
