package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Spans of OpenTelemetry, on one node and from one node to another.
final class TracersTest {
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder().setTracerProvider(provider).build();
    private final Tracer tracer = OpenTelemetryTracer.on(telemetry);

    private Tracer.Span begin(String name, @Nullable TraceContext parent) {
        return Objects.requireNonNull(tracer.begin(name, parent));
    }

    @Test
    void aSpanIsAPartOfThatOfTheCallingThread() {
        var callers = telemetry.getTracer("user").spanBuilder("order").startSpan();
        try (var _ = callers.makeCurrent()) {
            var span = begin("legion.request", null);
            span.tag("legion.shard", "7");
            span.end();
        }
        var span = spans.getFinishedSpanItems().getFirst();
        assertThat(span.getParentSpanId()).isEqualTo(callers.getSpanContext().getSpanId());
        assertThat(span.getTraceId()).isEqualTo(callers.getSpanContext().getTraceId());
        assertThat(span.getInstrumentationScopeInfo().getName()).isEqualTo("io.legion");
        assertThat(span.getAttributes().asMap().toString()).contains("legion.shard=7");
    }

    @Test
    void whatCameInTheContextOfAnotherNodeIsAPartOfItsSpan() {
        var there = Objects.requireNonNull(begin("legion.request", null).hop("legion.hop"));
        var here = begin("legion.serve", there.context());
        here.failed("no room");
        here.end();
        there.end();
        var serve = spans.getFinishedSpanItems().getFirst();
        var hop = spans.getFinishedSpanItems().getLast();
        assertThat(serve.getParentSpanId()).isEqualTo(hop.getSpanId());
        assertThat(serve.getParentSpanContext().isRemote()).isTrue();
        assertThat(serve.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(hop.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(serve.getTraceId()).isEqualTo(hop.getTraceId());
        assertThat(serve.getStatus().getDescription()).isEqualTo("no room");
    }

    /// A backend draws a remote parent as another service.
    @Test
    void thePartsOnOneNodeHaveAParentThatIsOnThisNode() {
        var request = begin("legion.request", null);
        var write = Objects.requireNonNull(request.part("legion.store.write"));
        write.end();
        var hop = Objects.requireNonNull(request.hop("legion.hop"));
        hop.end();
        request.end();
        var ended = spans.getFinishedSpanItems();
        assertThat(ended).hasSize(3);
        assertThat(ended.subList(0, 2)).allSatisfy(part -> {
            assertThat(part.getParentSpanId()).isEqualTo(ended.getLast().getSpanId());
            assertThat(part.getParentSpanContext().isRemote()).isFalse();
            assertThat(part.getTraceId()).isEqualTo(ended.getLast().getTraceId());
        });
        assertThat(ended)
                .extracting(SpanData::getKind)
                .containsExactly(SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.INTERNAL);
    }

    @Test
    void whereNothingIsRecordedThereIsNoSpanToCareAbout() {
        assertThat(OpenTelemetryTracer.on(OpenTelemetry.noop()).begin("legion.request", null))
                .isNull();
    }

    @Test
    void aTracerThatThrowsHarmsNobody() {
        Tracer broken = (_, _) -> {
            throw new LinkageError("planted");
        };
        assertThat(GuardedTracer.of(broken).begin("legion.request", null)).isNull();
        Tracer late = (_, _) -> new Tracer.Span() {
            @Override
            public TraceContext context() {
                return new TraceContext(1, 2, 3, (byte) 1);
            }

            @Override
            public Tracer.Span part(String name) {
                throw new IllegalStateException("planted");
            }

            @Override
            public Tracer.Span hop(String name) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void tag(String key, String value) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void failed(String why) {
                throw new IllegalStateException("planted");
            }

            @Override
            public void end() {
                throw new AssertionError("planted");
            }
        };
        var span = Objects.requireNonNull(GuardedTracer.of(late).begin("legion.request", null));
        assertThat(span.part("part")).isNull();
        assertThat(span.hop("hop")).isNull();
        span.tag("a", "b");
        span.failed("why");
        span.end();
        assertThat(span.context().span()).isEqualTo(3);
    }
}
