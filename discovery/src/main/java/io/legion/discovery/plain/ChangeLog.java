package io.legion.discovery.plain;

import io.legion.discovery.service.Snapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The latest changes of all services, each with a number: whoever read up to some number goes on after it, also
/// over another connection.
///
/// **Bound.** A number of changes, and of bytes of what they show; and one snapshot, with which it compares the next
/// one. **Threads.** Any.
final class ChangeLog {
    /// The most bytes of what the changes show, beside the latest one.
    static final long MOST_BYTES = 16L << 20;

    /// A change with its number.
    record Entry(long number, LeaseChange change) {}

    /// A state, and the number of the latest change in it.
    record Beginning(Snapshot snapshot, long number) {}

    /// What a reader lacks.
    ///
    /// @param entries the changes that concern it
    /// @param number of the latest change, whomever it concerns: where the reader is once it has these
    /// @param takenMillis the time of the snapshot that had it
    record Batch(List<Entry> entries, long number, long takenMillis) {}

    private final String name;
    private final int most;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable Snapshot last;
    private long number;
    private long forgotten;
    private long bytes;

    /// @param name no other log's, on any node or in any earlier run: its numbers mean nothing to this one
    /// @param most how many changes to keep
    ChangeLog(String name, int most) {
        this.name = name;
        this.most = most;
    }

    /// Notes what changed since the last snapshot, unless this one is older. The first one only begins the log.
    synchronized void advance(Snapshot next) {
        if (last == null) {
            // Nobody knows what changed until now, so no number from before leads on.
            forgotten = ++number;
        } else if (next.number() <= last.number()) {
            return;
        } else {
            LeaseChange.between(last, next, _ -> true).forEach(this::add);
        }
        last = next;
        while (entries.size() > most || (bytes > MOST_BYTES && entries.size() > 1)) {
            var oldest = entries.remove();
            forgotten = oldest.number();
            bytes -= bytes(oldest.change());
        }
    }

    private void add(LeaseChange change) {
        entries.add(new Entry(++number, change));
        bytes += bytes(change);
    }

    private static long bytes(LeaseChange change) {
        return change.lease().announced().memory();
    }

    /// Lets go of all that it keeps. It begins anew with the next snapshot.
    synchronized void forget() {
        last = null;
        entries.clear();
        bytes = 0;
    }

    /// True between the first snapshot and the time when it is to forget.
    synchronized boolean isFollowing() {
        return last != null;
    }

    /// The latest snapshot and the number that goes with it, for a reader that begins.
    ///
    /// @throws IllegalStateException if there was none
    synchronized Beginning beginning() {
        if (last == null) {
            throw new IllegalStateException("the log has not begun");
        }
        return new Beginning(last, number);
    }

    /// What changed in these services after this number; null if the log does not have all of that any more.
    synchronized @Nullable Batch after(long read, Predicate<String> services) {
        if (last == null || read < forgotten || read > number) {
            return null;
        }
        var found = new ArrayList<Entry>();
        var latestFirst = entries.descendingIterator();
        while (latestFirst.hasNext()) {
            var entry = latestFirst.next();
            if (entry.number() <= read) {
                break;
            }
            if (services.test(entry.change().service())) {
                found.add(entry);
            }
        }
        Collections.reverse(found);
        return new Batch(List.copyOf(found), number, last.takenMillis());
    }

    /// A number as the id of an event of a stream of these services.
    String id(long of, WatchedServices services) {
        return prefix(services) + of;
    }

    private String prefix(WatchedServices services) {
        return name + "-" + services.text() + "-";
    }

    /// The number of an event with this id, if it is of this log, and of a stream of these services.
    OptionalLong number(String id, WatchedServices services) {
        var prefix = prefix(services);
        if (!id.startsWith(prefix)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(id.substring(prefix.length())));
        } catch (NumberFormatException another) {
            return OptionalLong.empty();
        }
    }
}
