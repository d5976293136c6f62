package io.legion.service;

/// What one node tells another of a trace, so that the spans of both become one: a trace context of the W3C
/// (`traceparent`), in 25 bytes.
///
/// @param traceHigh the first eight bytes of the trace's id
/// @param traceLow the other eight
/// @param span the id of the span within which something is asked
/// @param flags the trace's flags; the lowest bit says that it is recorded
public record TraceContext(long traceHigh, long traceLow, long span, byte flags) {}
