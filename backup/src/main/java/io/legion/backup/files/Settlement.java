package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupSource;
import io.legion.backup.ClusterFacts;
import io.legion.backup.ShardLook;
import io.legion.core.NodeId;
import io.legion.operations.SettledShard;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settles the shards of a backup, and says which answers may be missing there all the same.
///
/// What a participant had answered is in history once its shard has settled, unless the participant was removed
/// meanwhile: then it submits its answers again, which come later. So the nodes are asked before and after. If
/// something changed there, the shards settle once more, as long as there is time. What had settled before is good
/// enough if they do not settle again: then the backup says what it may lack.
final class Settlement {
    private static final int TURNS = 10;

    /// Time for salvage to be submitted again.
    private static final long PAUSE_MILLIS = 250;

    private static final Duration LEAST = Duration.ofMillis(100);

    private final BackupSource source;
    private final long until;
    private final Predicate<ShardLook> isUnchanged;

    /// Every node that was heard of.
    private final SortedSet<NodeId> known = new TreeSet<>();

    /// The shards whose participants changed each time that they settled.
    private final SortedSet<Integer> unsteady = new TreeSet<>();

    /// @param patience for all turns
    /// @param isUnchanged whether a shard need not settle, because an earlier backup has it as it is
    Settlement(BackupSource source, Duration patience, Predicate<ShardLook> isUnchanged) {
        this.source = source;
        this.until = System.nanoTime() + patience.toNanos();
        this.isUnchanged = isUnchanged;
    }

    /// Settles all that has changed.
    ///
    /// @param first how the cluster is now
    /// @throws BackupException if a shard does not settle
    SettledCluster settle(ClusterFacts first) {
        first.looks().forEach(look -> unsteady.add(look.shard()));
        var before = first;
        SettledCluster good = null;
        for (int turn = 1; ; turn++) {
            Map<Integer, Long> positions;
            try {
                positions = settled(before);
            } catch (BackupException notSettled) {
                if (good == null) {
                    throw notSettled;
                }
                return good;
            }
            var after = source.facts();
            note(before, after);
            if (unsteady.isEmpty()) {
                good = outcome(before, after, positions);
            }
            boolean enough = isClean(before, after) && good != null;
            if (enough || turn == TURNS || left().compareTo(LEAST.plusMillis(PAUSE_MILLIS)) < 0) {
                return steady(good);
            }
            pause();
            before = after;
        }
    }

    private void note(ClusterFacts before, ClusterFacts after) {
        for (var facts : List.of(before, after)) {
            known.addAll(facts.asked());
            known.addAll(facts.silent());
        }
        var later = after.looks().stream().collect(Collectors.toMap(ShardLook::shard, Function.identity()));
        for (var look : before.looks()) {
            var same = later.get(look.shard());
            if (same != null && look.isOfEpoch(same)) {
                unsteady.remove(look.shard());
            }
        }
    }

    private static boolean isClean(ClusterFacts before, ClusterFacts after) {
        return before.salvage() == 0 && after.salvage() == 0 && before.asked().equals(after.asked());
    }

    private SettledCluster outcome(ClusterFacts before, ClusterFacts after, Map<Integer, Long> positions) {
        var silent = new TreeSet<>(known);
        silent.removeIf(node -> before.asked().contains(node) && after.asked().contains(node));
        return new SettledCluster(before, positions, Math.max(before.salvage(), after.salvage()), silent);
    }

    private SettledCluster steady(@Nullable SettledCluster good) {
        if (good == null) {
            throw refused("The participants of " + shards(unsteady) + " changed each time that they settled.");
        }
        return good;
    }

    /// The positions that the shards have reached.
    private Map<Integer, Long> settled(ClusterFacts facts) {
        var changed = facts.looks().stream()
                .filter(isUnchanged.negate())
                .map(ShardLook::shard)
                .toList();
        if (changed.isEmpty()) {
            return Map.of();
        }
        var settled = source.settle(changed, left());
        var not = settled.stream().filter(shard -> !shard.isSettled()).toList();
        if (!not.isEmpty() || settled.size() != changed.size()) {
            throw refused(why(not));
        }
        var positions = new TreeMap<Integer, Long>();
        settled.forEach(shard -> positions.put(shard.shard(), shard.position()));
        return positions;
    }

    private Duration left() {
        return Duration.ofNanos(until - System.nanoTime());
    }

    private static BackupException refused(String why) {
        return new BackupException("The backup would not be complete, so none was taken. " + why
                + " Earlier backups are as they were. See to these shards (./legion status, ./legion doctor), and take"
                + " it again.");
    }

    private static String why(List<SettledShard> not) {
        return not.stream()
                .collect(Collectors.groupingBy(SettledShard::why, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(alike -> "Of "
                        + shards(alike.getValue().stream()
                                .map(SettledShard::shard)
                                .toList())
                        + ": " + alike.getKey() + ".")
                .collect(Collectors.joining(" "));
    }

    private static String shards(Collection<Integer> numbers) {
        return (numbers.size() == 1 ? "shard " : "shards ")
                + numbers.stream().map(number -> Integer.toString(number)).collect(Collectors.joining(", "));
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ShardCopies.interrupted(stopped);
        }
    }
}
