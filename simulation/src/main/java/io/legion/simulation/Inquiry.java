package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a client asks, with all its tries and all its answers.
final class Inquiry {
    /// An answer, and when it came.
    record Answered(long micros, EventId event, Consistency standing, boolean success, Bytes body) {}

    /// What a read saw, and when.
    record Seen(long micros, Object state) {}

    final RequestId id;
    final int shard;
    final PartitionAddress address;

    /// Null for a read.
    final Workload.@Nullable Wish wish;

    final Consistency consistency;
    final boolean andFinal;
    final long begunMicros;
    private final List<Answered> answers = new ArrayList<>();
    private @Nullable Seen seen;
    private @Nullable EventId birth;
    private int tries;
    private boolean done;

    Inquiry(
            RequestId id,
            int shard,
            PartitionAddress address,
            Workload.@Nullable Wish wish,
            Consistency consistency,
            boolean andFinal,
            long begunMicros) {
        this.id = id;
        this.shard = shard;
        this.address = address;
        this.wish = wish;
        this.consistency = consistency;
        this.andFinal = andFinal;
        this.begunMicros = begunMicros;
    }

    /// Counts one more try.
    void tried() {
        tries++;
    }

    int tries() {
        return tries;
    }

    /// The caller has an answer.
    void answered(Answered answer) {
        answers.add(answer);
    }

    /// All answers, in the order in which they came.
    List<Answered> answers() {
        return Collections.unmodifiableList(answers);
    }

    /// The caller has learnt under which id the request was first accepted; the first such id counts.
    void born(@Nullable EventId event) {
        birth = birth == null ? event : birth;
    }

    @Nullable
    EventId birth() {
        return birth;
    }

    /// The caller has the state that it asked for.
    void saw(Seen state) {
        seen = state;
    }

    @Nullable
    Seen seen() {
        return seen;
    }

    /// The caller asks no more.
    void done() {
        done = true;
    }

    boolean isDone() {
        return done;
    }

    @Override
    public String toString() {
        return wish == null ? consistency + " read " + id : consistency + " request " + id;
    }
}
