package io.legion.benchmarks.cluster.report;

/// What a run measures. "Per request" is for all three nodes together.
public enum Figure {
    /// Answered requests.
    REQUESTS_PER_SECOND,
    /// Processor time of the nodes' processes, with all that the system does for them.
    CPU_US_PER_REQUEST,
    /// The just-in-time compilers' part of it.
    COMPILER_US_PER_REQUEST,
    /// The garbage collector's part of it.
    COLLECTOR_US_PER_REQUEST,
    /// Bytes allocated on the heaps.
    ALLOCATED_BYTES_PER_REQUEST,
    /// The time within which half of the requests were answered.
    P50_MS,
    /// The same of 99 %.
    P99_MS,
    /// The same of 99.9 %.
    P999_MS,
    /// The same of all.
    MAX_MS,
    /// Switches from one thread to another in the nodes' processes.
    SWITCHES_PER_REQUEST,
    /// Bytes over the loopback device, each once.
    WIRE_BYTES_PER_REQUEST,
    /// Processors that other processes took, or others on the same host.
    OTHERS_CORES,
    /// Requests without an answer.
    FAILED
}
