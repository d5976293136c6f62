package io.legion.core;

/// When the shard answers a request, and so what the answer promises.
public enum Consistency {
    /// As soon as the serving replica has stored the event. Works on any side of a cut network. The event
    /// will be in history exactly once or be listed as salvage; the output may differ from the final one.
    FAST,
    /// As soon as a majority of the shard's participants, and every other one that is in touch, has stored the
    /// event: it survives the loss of any minority, disks included, and every later read shows it, through any
    /// node that is not cut off. The output may still differ from the final one.
    DURABLE,
    /// As soon as the event's place in history is fixed: the output never changes, and requests answered FINAL
    /// are linearizable.
    FINAL
}
