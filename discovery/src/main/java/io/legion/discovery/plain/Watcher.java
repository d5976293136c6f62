package io.legion.discovery.plain;

import io.legion.discovery.json.Json;
import io.legion.discovery.service.Snapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One watcher: what waits for it, and the thread that writes it.
///
/// **Threads.** One writes; any may tell and cut.
final class Watcher {
    private static final byte[] SIGN_OF_LIFE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Watchers.Config config;
    private final Predicate<String> services;
    private final Queue<LeaseChange> waiting = new ArrayDeque<>();
    private Snapshot seen;
    private @Nullable String end;
    private @Nullable Thread writer;
    private long number;

    /// @param start what the stream begins with
    Watcher(Watchers.Config config, Predicate<String> services, Snapshot start) {
        this.config = config;
        this.services = services;
        this.seen = start;
    }

    /// Tells it of the latest snapshot.
    synchronized void tell(Snapshot next) {
        if (end != null || next.number() <= seen.number()) {
            return;
        }
        var changes = LeaseChange.between(seen, next, services);
        seen = next;
        if (waiting.size() + changes.size() > config.maximumWaiting()) {
            cut("you read more slowly than the registry changes; connect again");
        } else {
            waiting.addAll(changes);
            notifyAll();
        }
    }

    /// Ends the stream with a reason; after a while even if the client does not read.
    synchronized void cut(String reason) {
        if (end == null) {
            end = reason;
            waiting.clear();
            notifyAll();
            Thread.ofVirtual().start(this::interruptLater);
        }
    }

    private void interruptLater() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (writer != null) {
                writer.interrupt();
            }
        }
    }

    /// Writes until the stream ends.
    void write(OutputStream out) throws IOException {
        Snapshot start;
        synchronized (this) {
            writer = Thread.currentThread();
            start = seen;
            // The snapshot that the stream begins with has what came before.
            waiting.clear();
        }
        try {
            for (var change : LeaseChange.all(start, services)) {
                write(out, change);
            }
            event(out, "ready", Json.object().put("time", start.takenMillis()).toString());
            writeChanges(out);
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("the stream was ended");
        } finally {
            synchronized (this) {
                writer = null;
            }
        }
    }

    private void writeChanges(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.flush();
            var next = next();
            if (next == null) {
                event(
                        out,
                        "cut",
                        Json.object().put("reason", String.valueOf(end)).toString());
                out.flush();
                return;
            }
            if (next.isEmpty()) {
                out.write(SIGN_OF_LIFE);
            }
            for (var change : next) {
                write(out, change);
            }
        }
    }

    /// The waiting changes; none after a while of silence, null at the end.
    private synchronized @Nullable List<LeaseChange> next() throws InterruptedException {
        long until = System.nanoTime() + config.keepAlive().toNanos();
        while (waiting.isEmpty() && end == null) {
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return List.of();
            }
            wait(millis);
        }
        if (end != null) {
            return null;
        }
        var next = List.copyOf(waiting);
        waiting.clear();
        return next;
    }

    private void write(OutputStream out, LeaseChange change) throws IOException {
        var data = PlainInstance.write(change.service(), change.id(), change.lease());
        event(out, change.kind().name().toLowerCase(Locale.ROOT), data.toString());
    }

    private void event(OutputStream out, String name, String data) throws IOException {
        number++;
        out.write(("id: " + number + "\nevent: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
