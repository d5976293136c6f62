package io.legion.cluster.test;

import java.util.ArrayList;
import java.util.List;

/// What all clients have seen.
///
/// **Threads.** Any.
final class History {
    /// A request's final place, told after a first answer.
    record Settled(long marker, int key, long position) {}

    private final List<Operation> operations = new ArrayList<>();
    private final List<Settled> settled = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();

    /// Takes what a node tells of its load.
    synchronized void take(String line) {
        int space = line.indexOf(' ');
        var rest = line.substring(space + 1);
        switch (line.substring(0, Math.max(0, space))) {
            case "op" -> operations.add(Operation.parse(rest));
            case "final" -> {
                var words = rest.split(" ");
                settled.add(
                        new Settled(Long.parseLong(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2])));
            }
            default -> breaches.add(line);
        }
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    synchronized List<Settled> settled() {
        return List.copyOf(settled);
    }

    /// What the clients themselves found to be wrong.
    synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }
}
