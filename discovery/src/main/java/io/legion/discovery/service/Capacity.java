package io.legion.discovery.service;

import io.legion.discovery.registry.Announcing;
import io.legion.discovery.registry.PutMetadata;
import io.legion.discovery.registry.Registration;
import io.legion.service.ByteSize;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// How much the registry may hold: each node keeps all instances in memory, for lists.
///
/// A node counts what its last snapshot has and what it let in since. What other nodes let in since is not in
/// that, so the registry may grow a little beyond the bound before all nodes refuse. An instance that is in the
/// registry, or was until lately, may always register again, unless what it says has grown.
///
/// **Threads.** Any.
public final class Capacity {
    /// A snapshot is too old once so much was let in, as a part of the bound.
    private static final int PART = 16;

    private final long maximum;
    private final Applications applications;
    private final Snapshots snapshots;
    private final AtomicLong letIn = new AtomicLong();

    /// @param heapShare the part of this JVM's heap that the instances may take
    public Capacity(double heapShare, Applications applications, Snapshots snapshots) {
        this((long) (Runtime.getRuntime().maxMemory() * heapShare), applications, snapshots);
    }

    Capacity(long maximum, Applications applications, Snapshots snapshots) {
        this.maximum = maximum;
        this.applications = applications;
        this.snapshots = snapshots;
    }

    /// Why this registration cannot be taken; empty if it can.
    public Optional<String> refusal(Announcing event) {
        return refusal(event.announced().memory(), () -> isNoLarger(event));
    }

    /// Why these metadata cannot be added to an instance; empty if they can.
    public Optional<String> refusal(PutMetadata event) {
        return refusal(event.memory(), () -> false);
    }

    private Optional<String> refusal(long memory, BooleanSupplier isNoMore) {
        if (letIn.get() + memory > maximum / PART || !fits(memory)) {
            look();
        }
        if (fits(memory)) {
            letIn.addAndGet(memory);
            return Optional.empty();
        }
        if (isNoMore.getAsBoolean()) {
            return Optional.empty();
        }
        return Optional.of("the registry is full: its instances take "
                + new ByteSize(snapshots.last().memory()) + " of the " + new ByteSize(maximum)
                + " of memory that registry.heapShare gives them on this node. Nothing was changed;"
                + " remove instances, or give the nodes a larger heap");
    }

    private boolean fits(long memory) {
        return snapshots.last().memory() + letIn.get() + memory <= maximum;
    }

    /// Counts anew, unless nothing was let in since the last time and the snapshot is young: a full registry
    /// refuses without work. A registry that cannot be looked at now goes on with what it knows.
    private void look() {
        try {
            long seen = letIn.get();
            if (seen > 0) {
                snapshots.fresh();
                letIn.addAndGet(-seen); // not if that failed, and not what was let in meanwhile
            } else {
                snapshots.current();
            }
        } catch (UnavailableException later) {
            // The next registration that is one too many looks again.
        }
    }

    /// A removed instance takes its memory too, so it may come back: its lease may have ended by a pause only.
    private boolean isNoLarger(Announcing event) {
        long known = switch (applications.read(event.announced().key())) {
            case Registration.Absent _ -> -1;
            case Registration.Listed(var lease) -> lease.announced().memory();
            case Registration.Removed(var lease) -> lease.announced().memory();
        };
        return event.announced().memory() <= known;
    }
}
