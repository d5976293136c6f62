package io.legion.runtime.trace;

import io.legion.core.NodeId;
import io.legion.service.TraceContext;
import io.legion.service.Tracer;
import org.jspecify.annotations.Nullable;

/// A traced request, as far as this node has to do with it: a span for the whole, and one for each part.
/// For a request that is not traced there is none, so that it costs a look at a null.
///
/// **Threads.** Its owner begins and ends it; meanwhile one thread at a time has the parts.
public final class Trace {
    private final Tracer.Span whole;
    private Tracer.@Nullable Span write;
    private Tracer.@Nullable Span hop;

    private Trace(Tracer.Span whole) {
        this.whole = whole;
    }

    /// Begins one, if it is to be traced.
    ///
    /// @param tracer null where nobody traces
    /// @param parent the span of another node; null for the one of the calling thread
    public static @Nullable Trace begin(
            @Nullable Tracer tracer, String name, @Nullable TraceContext parent, int shard) {
        var whole = tracer == null ? null : tracer.begin(name, parent);
        if (whole == null) {
            return null;
        }
        whole.tag("legion.shard", Integer.toString(shard));
        return new Trace(whole);
    }

    /// Says more of the whole.
    public void tag(String key, String value) {
        whole.tag(key, value);
    }

    /// The store begins to write what the request led to here.
    public void writes() {
        write = whole.part("legion.store.write");
    }

    /// The store has written it, or failed.
    public void wrote() {
        write = ended(write);
    }

    /// The request goes to another node.
    public void setsOut(NodeId to) {
        hop = whole.hop("legion.hop");
        if (hop != null) {
            hop.tag("legion.node", to.toString());
        }
    }

    /// What that node has as the parent of its part.
    public TraceContext towards() {
        return hop == null ? whole.context() : hop.context();
    }

    /// It is back from there, or given up.
    public void isBack() {
        hop = ended(hop);
    }

    private static Tracer.@Nullable Span ended(Tracer.@Nullable Span span) {
        if (span != null) {
            span.end();
        }
        return null;
    }

    /// There is an answer.
    public static void answered(@Nullable Trace trace) {
        if (trace != null) {
            trace.whole.end();
        }
    }

    /// There is none.
    public static void failed(@Nullable Trace trace, String why) {
        if (trace != null) {
            trace.whole.failed(why);
            trace.whole.end();
        }
    }
}
