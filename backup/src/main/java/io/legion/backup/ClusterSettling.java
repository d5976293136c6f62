package io.legion.backup;

import io.legion.core.NodeId;
import io.legion.operations.Operations;
import io.legion.operations.SettledShard;
import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/// Settles shards at nodes that have them: each at its first participant, and where that one cannot, at the next, as
/// long as the time lasts.
///
/// @param at gives the operations of a node, which wait so long
/// @param participants of a shard, in the order in which to ask them
record ClusterSettling(BiFunction<NodeId, Duration, Operations> at, IntFunction<SequencedSet<NodeId>> participants) {
    /// What a question takes on its way.
    private static final Duration WAY = Duration.ofSeconds(5);

    private static final Duration LEAST = Duration.ofMillis(100);

    List<SettledShard> settle(List<Integer> shards, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        var settled = new TreeMap<Integer, SettledShard>();
        shards.forEach(shard -> settled.put(shard, not(shard, "no node is known that takes part in it")));
        var left = List.copyOf(shards);
        for (int turn = 0; !left.isEmpty(); turn++) {
            var time = Duration.ofNanos(until - System.nanoTime());
            var asked = byNode(left, turn);
            if (asked.isEmpty() || time.compareTo(LEAST) < 0) {
                break;
            }
            ask(asked, time).forEach(one -> settled.put(one.shard(), one));
            left = settled.values().stream()
                    .filter(one -> !one.isSettled())
                    .map(SettledShard::shard)
                    .toList();
        }
        return List.copyOf(settled.values());
    }

    private SortedMap<NodeId, List<Integer>> byNode(List<Integer> shards, int turn) {
        var asked = new TreeMap<NodeId, List<Integer>>();
        for (int shard : shards) {
            participants.apply(shard).stream()
                    .skip(turn)
                    .findFirst()
                    .ifPresent(node ->
                            asked.computeIfAbsent(node, _ -> new ArrayList<>()).add(shard));
        }
        return asked;
    }

    /// Asks all at once, since each may take the whole time.
    private List<SettledShard> ask(SortedMap<NodeId, List<Integer>> asked, Duration time) {
        var questions = new ArrayList<Callable<List<SettledShard>>>();
        asked.forEach((node, shards) -> {
            for (int from = 0; from < shards.size(); from += Operations.MOST_OF_A_PAGE) {
                var page = List.copyOf(shards.subList(from, Math.min(shards.size(), from + Operations.MOST_OF_A_PAGE)));
                questions.add(() -> ask(node, page, time));
            }
        });
        var answers = new ArrayList<SettledShard>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(questions)) {
                answers.addAll(answer.get());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("The thread was interrupted while shards settled.");
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
        return answers;
    }

    private List<SettledShard> ask(NodeId node, List<Integer> shards, Duration time) {
        try {
            return at.apply(node, time.plus(WAY)).settle(shards, time);
        } catch (UnreachableException unanswered) {
            return shards.stream()
                    .map(shard -> not(shard, String.valueOf(unanswered.getMessage())))
                    .toList();
        }
    }

    private static SettledShard not(int shard, String why) {
        return new SettledShard(shard, false, 0, why);
    }
}
