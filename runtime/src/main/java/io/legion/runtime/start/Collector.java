package io.legion.runtime.start;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/// The garbage collectors of the JVM, and which of them make requests wait much longer than others do.
///
/// The choice rests on the table in docs/tuning.md. Only this class makes it.
public enum Collector {
    SERIAL("Serial", "Copy"),
    PARALLEL("Parallel", "PS Scavenge"),
    G1("G1", "G1 Young Generation"),
    Z("Z", "ZGC Minor Cycles"),
    SHENANDOAH("Shenandoah", "Shenandoah Cycles"),
    EPSILON("Epsilon", "Epsilon Heap");

    private final String title;

    /// A management bean that only this collector has.
    private final String bean;

    Collector(String title, String bean) {
        this.title = title;
        this.bean = bean;
    }

    /// The collector with these management beans; empty if it is not a known one.
    static Optional<Collector> of(Collection<String> beans) {
        return Stream.of(values()).filter(known -> beans.contains(known.bean)).findFirst();
    }

    /// What the node says of it at its start; empty if there is no reason to say anything.
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
