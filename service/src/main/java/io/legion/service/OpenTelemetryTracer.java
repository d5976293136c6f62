package io.legion.service;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A [Tracer] on OpenTelemetry, which carries the spans to Jaeger, Zipkin and most tracing systems. The
/// program brings and configures OpenTelemetry's SDK, or its agent does.
///
/// **Threads.** Any.
public final class OpenTelemetryTracer implements Tracer {
    /// The name under which OpenTelemetry knows who makes the spans.
    private static final String SCOPE = "io.legion";

    private final io.opentelemetry.api.trace.Tracer tracer;

    private OpenTelemetryTracer(io.opentelemetry.api.trace.Tracer tracer) {
        this.tracer = tracer;
    }

    /// Makes spans with an OpenTelemetry, which the caller closes.
    public static OpenTelemetryTracer on(OpenTelemetry telemetry) {
        return new OpenTelemetryTracer(telemetry.getTracer(SCOPE));
    }

    @Override
    public @Nullable Span begin(String name, @Nullable TraceContext parent) {
        return parent == null
                ? begin(name, Context.current(), SpanKind.INTERNAL)
                : begin(name, within(io.opentelemetry.api.trace.Span.wrap(read(parent))), SpanKind.SERVER);
    }

    private @Nullable Span begin(String name, Context parent, SpanKind kind) {
        var span = tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan();
        return span.isRecording() ? new Recorded(span) : null;
    }

    private static Context within(io.opentelemetry.api.trace.Span parent) {
        return Context.root().with(parent);
    }

    private static SpanContext read(TraceContext context) {
        var hex = HexFormat.of();
        return SpanContext.createFromRemoteParent(
                hex.toHexDigits(context.traceHigh()) + hex.toHexDigits(context.traceLow()),
                hex.toHexDigits(context.span()),
                TraceFlags.fromByte(context.flags()),
                TraceState.getDefault());
    }

    private final class Recorded implements Span {
        private final io.opentelemetry.api.trace.Span span;

        Recorded(io.opentelemetry.api.trace.Span span) {
            this.span = span;
        }

        @Override
        public TraceContext context() {
            var context = span.getSpanContext();
            var trace = context.getTraceId();
            return new TraceContext(
                    HexFormat.fromHexDigitsToLong(trace, 0, 16),
                    HexFormat.fromHexDigitsToLong(trace, 16, 32),
                    HexFormat.fromHexDigitsToLong(context.getSpanId()),
                    context.getTraceFlags().asByte());
        }

        @Override
        public @Nullable Span part(String name) {
            return begin(name, within(span), SpanKind.INTERNAL);
        }

        @Override
        public @Nullable Span hop(String name) {
            return begin(name, within(span), SpanKind.CLIENT);
        }

        @Override
        public void tag(String key, String value) {
            span.setAttribute(key, value);
        }

        @Override
        public void failed(String why) {
            span.setStatus(StatusCode.ERROR, why);
        }

        @Override
        public void end() {
            span.end();
        }
    }
}
