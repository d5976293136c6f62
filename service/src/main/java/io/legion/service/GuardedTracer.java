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
        return guarded(() -> inside.begin(name, parent));
    }

    private static @Nullable Span guarded(Beginning beginning) {
        try {
            var span = beginning.begin();
            // Asked for once: a guarded span has to have one.
            return span == null ? null : new Guarded(span, span.context());
        } catch (Throwable broken) {
            return null;
        }
    }

    private interface Beginning {
        @Nullable
        Span begin();
    }

    private record Guarded(Span inside, TraceContext context) implements Span {
        @Override
        public @Nullable Span part(String name) {
            return GuardedTracer.guarded(() -> inside.part(name));
        }

        @Override
        public @Nullable Span hop(String name) {
            return GuardedTracer.guarded(() -> inside.hop(name));
        }

        @Override
        public void tag(String key, String value) {
            attempt(() -> inside.tag(key, value));
        }

        @Override
        public void failed(String why) {
            attempt(() -> inside.failed(why));
        }

        @Override
        public void end() {
            attempt(inside::end);
        }

        private static void attempt(Runnable use) {
            try {
                use.run();
            } catch (Throwable broken) {
                // Nobody can do anything about a span that is lost.
            }
        }
    }
}
