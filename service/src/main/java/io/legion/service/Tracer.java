package io.legion.service;

import org.jspecify.annotations.Nullable;

/// Specification of the tracer service: which parts a request consists of, on all nodes that it comes to.
///
/// **Failure.** Tracing never throws and never fails its caller. **Threads.** Any thread may call every
/// method, here and of the spans.
public interface Tracer {
    /// Begins what this node has of a request.
    ///
    /// @param name what takes the time: a few dotted words, such as `legion.request`; never a key or an id
    /// @param parent the span of another node that it is a part of; null for the one of the calling thread, if
    ///     that has one
    /// @return null if it is not recorded, so that nobody does any work for it
    @Nullable
    Span begin(String name, @Nullable TraceContext parent);

    /// Something that takes time, until it ends. What happens after its end is left out.
    interface Span {
        /// What another node has as the parent of its part.
        TraceContext context();

        /// Begins a part of this span, on this node.
        ///
        /// @return null if it is not recorded
        @Nullable
        Span part(String name);

        /// Begins the part of this span in which another node is asked, and has its own part.
        ///
        /// @return null if it is not recorded
        @Nullable
        Span hop(String name);

        /// Says more of it. The keys are dotted words, such as `legion.shard`.
        void tag(String key, String value);

        /// It did not succeed.
        void failed(String why);

        /// It is over.
        void end();
    }
}
