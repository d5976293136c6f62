package io.legion.service;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A [Tracer] that keeps its spans in memory, for tests. Two of them make spans of one trace, if one has
/// those of the other as parents; so each has a number.
///
/// **Threads.** Any.
public final class RecordingTracer implements Tracer {
    private static final long MOST = 1L << 32;

    private final long number;
    private final AtomicLong last = new AtomicLong();
    private final List<Ended> ended = new CopyOnWriteArrayList<>();

    private RecordingTracer(long number) {
        this.number = number;
    }

    /// Opens the tracer with this number, which no other one has.
    public static RecordingTracer open(int number) {
        return new RecordingTracer(number);
    }

    /// What a span is to the nodes.
    public enum Kind {
        /// It is here alone.
        INTERNAL,
        /// It asks another node.
        CLIENT,
        /// It serves another node.
        SERVER
    }

    /// A span that is over.
    ///
    /// @param parent null for the first one of a trace
    /// @param failure why it did not succeed; null if it did
    public record Ended(
            String name,
            Kind kind,
            TraceContext context,
            @Nullable TraceContext parent,
            Map<String, String> tags,
            @Nullable String failure) {}

    /// The spans that are over, in the order in which they ended.
    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    @Override
    public Span begin(String name, @Nullable TraceContext parent) {
        return begin(name, parent == null ? Kind.INTERNAL : Kind.SERVER, parent);
    }

    private Span begin(String name, Kind kind, @Nullable TraceContext parent) {
        long id = number * MOST + last.incrementAndGet();
        var context = parent == null
                ? new TraceContext(number, id, id, (byte) 1)
                : new TraceContext(parent.traceHigh(), parent.traceLow(), id, parent.flags());
        return new Recorded(name, kind, context, parent);
    }

    private final class Recorded implements Span {
        private final String name;
        private final Kind kind;
        private final TraceContext context;
        private final @Nullable TraceContext parent;
        private final Map<String, String> tags = new TreeMap<>();
        private @Nullable String failure;

        Recorded(String name, Kind kind, TraceContext context, @Nullable TraceContext parent) {
            this.name = name;
            this.kind = kind;
            this.context = context;
            this.parent = parent;
        }

        @Override
        public TraceContext context() {
            return context;
        }

        @Override
        public Span part(String part) {
            return begin(part, Kind.INTERNAL, context);
        }

        @Override
        public Span hop(String hop) {
            return begin(hop, Kind.CLIENT, context);
        }

        @Override
        public void tag(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public void failed(String why) {
            failure = why;
        }

        @Override
        public void end() {
            ended.add(new Ended(name, kind, context, parent, Map.copyOf(tags), failure));
        }
    }
}
