package io.legion.runtime.frame;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.service.TraceContext;

/// A trace context in a frame: 25 bytes.
final class TraceWire {
    private TraceWire() {}

    static void write(WireOutput out, TraceContext trace) {
        out.fixed64(trace.traceHigh());
        out.fixed64(trace.traceLow());
        out.fixed64(trace.span());
        out.writeByte(trace.flags());
    }

    static TraceContext read(WireInput in) {
        return new TraceContext(in.fixed64(), in.fixed64(), in.fixed64(), in.readByte());
    }
}
