package io.legion.runtime.start;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// The garbage collectors of the JVM, and which of them make requests wait much longer than others do.
///
/// Which those are rests on the table in docs/tuning.md. It is decided here and nowhere else.
public enum Collector {
    SERIAL("Serial", "Copy"),
    PARALLEL("Parallel", "PS Scavenge"),
    G1("G1", "G1 Young Generation"),
    Z("Z", "ZGC Minor Cycles"),
    SHENANDOAH("Shenandoah", "Shenandoah Cycles"),
    EPSILON("Epsilon", "Epsilon Heap");

    private final String title;

    /// The management bean that it has and no other one.
    private final String bean;

    Collector(String title, String bean) {
        this.title = title;
        this.bean = bean;
    }

    /// The one whose management beans these are; empty if it is none of those that are known.
    static Optional<Collector> of(Collection<String> beans) {
        return Stream.of(values()).filter(known -> beans.contains(known.bean)).findFirst();
    }

    /// What to say of it when a node starts; empty if there is no reason to say anything.
    Optional<String> advice(int processors) {
        return weakness(processors)
                .map(weakness -> "The garbage collector is " + title + ": " + weakness
                        + " Start the JVM with -XX:+UseG1GC (docs/tuning.md says when to choose another one).");
    }

    private Optional<String> weakness(int processors) {
        return switch (this) {
            case SERIAL ->
                processors > 1
                        ? Optional.of("requests wait while it collects with 1 of " + processors + " processors.")
                        : Optional.empty();
            case EPSILON -> Optional.of("it frees nothing, and the node fails when its heap is full.");
            case PARALLEL, G1, Z, SHENANDOAH -> Optional.empty();
        };
    }
}
