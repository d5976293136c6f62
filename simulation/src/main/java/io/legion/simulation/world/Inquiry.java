package io.legion.simulation.world;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.workload.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a client asks, with all its tries and all its answers.
public final class Inquiry {
    /// An answer, and when it came.
    public record Answered(long micros, EventId event, Consistency consistency, boolean success, Bytes body) {}

    /// What a read saw, and when.
    ///
    /// @param undisturbed true if no node was cut off from another or slow while the read was under way
    public record Seen(long micros, Object state, boolean undisturbed) {}

    public final RequestId id;
    public final int shard;
    public final PartitionAddress address;

    /// Null for a read.
    public final Workload.@Nullable Wish wish;

    public final Consistency consistency;
    public final boolean andFinal;
    public final long begunMicros;

    /// Of the event for which it uses its id (R74); 0 for a read.
    public final long fingerprint;

    /// The numbers of the ledger that were answered DURABLE or FINAL to anybody before it began.
    private List<Long> durable = List.of();

    /// The numbers of the ledger that its session had seen when it began.
    private List<Long> ofSession = List.of();

    private final List<Answered> answers = new ArrayList<>();
    private @Nullable Seen seen;
    private @Nullable EventId birth;
    private int tries;
    private boolean done;
    private boolean reused;

    public Inquiry(
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
        this.fingerprint = wish == null ? 0 : wish.fingerprint();
    }

    /// What the state that it reads has to show.
    public void expects(List<Long> answeredDurable, List<Long> seenBySession) {
        durable = answeredDurable;
        ofSession = seenBySession;
    }

    public List<Long> durable() {
        return durable;
    }

    public List<Long> ofSession() {
        return ofSession;
    }

    /// True if it asks for a state, and changes nothing.
    public boolean isRead() {
        return wish == null;
    }

    /// Counts one more try.
    public void tried() {
        tries++;
    }

    public int tries() {
        return tries;
    }

    /// The caller has an answer.
    public void answered(Answered answer) {
        answers.add(answer);
    }

    /// All answers, in the order in which they came.
    public List<Answered> answers() {
        return Collections.unmodifiableList(answers);
    }

    /// The caller has learnt under which id the request was first accepted; the first such id counts.
    public void born(@Nullable EventId event) {
        birth = birth == null ? event : birth;
    }

    public @Nullable EventId birth() {
        return birth;
    }

    /// The caller has the state that it asked for.
    public void saw(Seen state) {
        seen = state;
    }

    public @Nullable Seen seen() {
        return seen;
    }

    /// The caller hears that its id stands for another event (R74). If it has tried before, that try may have
    /// come first after all.
    public void refusedAsReused() {
        reused = tries == 1;
    }

    /// True if it heard so at its only try.
    public boolean isReused() {
        return reused;
    }

    /// The caller asks no more.
    public void done() {
        done = true;
    }

    public boolean isDone() {
        return done;
    }

    @Override
    public String toString() {
        return isRead() ? consistency + " read " + id : consistency + " request " + id;
    }
}
