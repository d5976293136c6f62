package io.legion.service;

import org.jspecify.annotations.Nullable;

/// A [Tracer] that keeps what another one throws, errors too, from those who trace: what cannot be traced
/// is left out.
public record GuardedTracer(Tracer inside) implements Tracer {
    /// Guards a tracer; one that is guarded already stays as it is.
    public static Tracer of(Tracer tracer) {
        return tracer instanceof GuardedTracer ? tracer : new GuardedTracer(tracer);
    }

    @Override
    public @Nullable Span begin(String name, @Nullable TraceContext parent) {
        try {
            var span = inside.begin(name, parent);
            // Asked for once: a guarded span has to have one.
            return span == null ? null : new Guarded(span, span.context());
        } catch (Throwable broken) {
            return null;
        }
    }

    private record Guarded(Span inside, TraceContext context) implements Span {
        @Override
        public void tag(String key, String value) {
            guarded(() -> inside.tag(key, value));
        }

        @Override
        public void failed(String why) {
            guarded(() -> inside.failed(why));
        }

        @Override
        public void end() {
            guarded(inside::end);
        }

        private static void guarded(Runnable use) {
            try {
                use.run();
            } catch (Throwable broken) {
                // Nobody can do anything about a span that is lost.
            }
        }
    }
}
