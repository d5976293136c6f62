package io.legion.core.shard;

import java.time.Duration;

/// R52: says so, now and then, when the memory of requests is full and forgets ids before the promised time.
final class EarlyWarning {
    private static final long INTERVAL_MILLIS = 600_000;

    private final ReplicaState state;
    private long told;
    private long nextMillis = Long.MIN_VALUE;

    EarlyWarning(ReplicaState state) {
        this.state = state;
    }

    /// The memory has forgotten something.
    void forgot(long nowMillis) {
        EarlyForgetting early = state.memory.early();
        if (early.count() > told && state.elapsedMillis >= nextMillis) {
            warn(early.count() - told, early.reachMillis(nowMillis));
            told = early.count();
            nextMillis = state.elapsedMillis + INTERVAL_MILLIS;
        }
    }

    private void warn(long news, long reachMillis) {
        state.outbox.alarm(
                Alarm.Kind.FORGETS_EARLY,
                "the memory of requests is full: its bound is " + state.settings.rememberedBytes()
                        + " bytes, and " + news + " request ids were forgotten before their time. A caller may try"
                        + " again within " + Duration.ofMillis(reachMillis) + " now instead of "
                        + Duration.ofMillis(state.settings.rememberedMillis())
                        + "; a request that is tried again later than that may be applied a second time. Try again"
                        + " sooner, take ids from nextRequestId() where none is given, or found the cluster with a"
                        + " larger replication.requestMemory or with more shards");
    }
}
