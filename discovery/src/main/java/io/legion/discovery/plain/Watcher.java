package io.legion.discovery.plain;

import io.legion.discovery.json.Json;
import io.legion.discovery.plain.ChangeLog.Batch;
import io.legion.discovery.service.Snapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One watcher: how far it is in the log, and the thread that writes it.
///
/// An event has the id of its change, and a silent stream tells the id of the latest change from time to time:
/// a client gives the last id that it saw to go on from there. The events of a listing have none, because half a
/// listing is nothing to go on from.
///
/// **Threads.** One writes; any may wake and cut.
final class Watcher {
    /// After how many milliseconds a client connects again.
    private static final String RETRY = "retry: 1000\n\n";

    private static final String TOO_SLOW = "you read more slowly than the registry changes; connect again";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Duration keepAlive;
    private final ChangeLog log;
    private final WatchedServices services;
    private @Nullable Snapshot listing;
    private long read;
    private @Nullable String end;
    private @Nullable Thread writer;

    private Watcher(
            Duration keepAlive, ChangeLog log, WatchedServices services, @Nullable Snapshot listing, long read) {
        this.keepAlive = keepAlive;
        this.log = log;
        this.services = services;
        this.listing = listing;
        this.read = read;
    }

    /// A stream that begins with all that is there.
    static Watcher anew(Duration keepAlive, ChangeLog log, WatchedServices services) {
        var beginning = log.beginning();
        return new Watcher(keepAlive, log, services, beginning.snapshot(), beginning.number());
    }

    /// A stream that goes on after the change with this number.
    static Watcher after(long number, Duration keepAlive, ChangeLog log, WatchedServices services) {
        return new Watcher(keepAlive, log, services, null, number);
    }

    /// Lets it look into the log.
    synchronized void wake() {
        notifyAll();
    }

    /// Ends the stream with a reason; after a while even if the client does not read.
    synchronized void cut(String reason) {
        if (end == null) {
            end = reason;
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
        synchronized (this) {
            writer = Thread.currentThread();
        }
        try {
            out.write(RETRY.getBytes(StandardCharsets.UTF_8));
            writeBeginning(out);
            writeChanges(out);
        } catch (InterruptedException stopped) {
            throw new InterruptedIOException("the stream was ended");
        } finally {
            synchronized (this) {
                writer = null;
            }
        }
    }

    private void writeBeginning(OutputStream out) throws IOException {
        var all = listing;
        listing = null; // it may be large, and the stream lasts
        if (all != null) {
            // The empty id makes the client forget the one it has.
            event(out, "", "reset", time(all.takenMillis()));
            for (var change : LeaseChange.all(all, services)) {
                event(out, null, change);
            }
            event(out, log.id(read, services), "ready", time(all.takenMillis()));
            return;
        }
        var missed = log.after(read, services);
        if (missed == null) {
            cut(TOO_SLOW);
            return;
        }
        write(out, missed);
        event(out, log.id(read, services), "ready", time(missed.takenMillis()));
    }

    private void writeChanges(OutputStream out) throws IOException, InterruptedException {
        while (true) {
            out.flush();
            var next = next();
            if (next == null) {
                event(
                        out,
                        null,
                        "cut",
                        Json.object().put("reason", String.valueOf(end)).toString());
                out.flush();
                return;
            }
            write(out, next);
            if (next.entries().isEmpty()) {
                out.write((": still here\nid: " + log.id(read, services) + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /// The next changes; none after a while of silence, null at the end.
    private synchronized @Nullable Batch next() throws InterruptedException {
        long until = System.nanoTime() + keepAlive.toNanos();
        while (true) {
            var batch = log.after(read, services);
            if (batch == null && end == null) {
                cut(TOO_SLOW);
            }
            if (end != null || batch == null) {
                return null;
            }
            long millis = (until - System.nanoTime()) / 1_000_000;
            if (!batch.entries().isEmpty() || millis <= 0) {
                return batch;
            }
            read = batch.number();
            wait(millis);
        }
    }

    private void write(OutputStream out, Batch batch) throws IOException {
        for (var entry : batch.entries()) {
            event(out, log.id(entry.number(), services), entry.change());
        }
        read = batch.number();
    }

    private static void event(OutputStream out, @Nullable String id, LeaseChange change) throws IOException {
        var data = PlainInstance.write(change.service(), change.id(), change.lease());
        event(out, id, change.kind().name().toLowerCase(Locale.ROOT), data.toString());
    }

    private static void event(OutputStream out, @Nullable String id, String name, String data) throws IOException {
        var lines = (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
        out.write(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static String time(long millis) {
        return Json.object().put("time", millis).toString();
    }
}
