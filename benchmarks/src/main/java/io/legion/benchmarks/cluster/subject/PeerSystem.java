package io.legion.benchmarks.cluster.subject;

import java.util.List;

/// A system to compare Legion with. Its nodes are a program of another module, which the normal build leaves
/// out; on demand the command builds it and puts it on the class path.
///
/// Each node gets the arguments of [Subject#arguments].
public enum PeerSystem {
    /// Hazelcast: an entry processor on a map with two backups; the answer waits for them, or does not.
    HAZELCAST("io.legion.benchmarks.hazelcast.HazelcastNodeMain");

    private final String main;

    PeerSystem(String main) {
        this.main = main;
    }

    private String mode(boolean waits) {
        return switch (this) {
            case HAZELCAST -> waits ? "sync" : "async";
        };
    }

    /// What its manual asks for.
    private List<String> flags() {
        return switch (this) {
            case HAZELCAST ->
                List.of(
                        "--add-modules=java.se",
                        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--add-opens=java.management/sun.management=ALL-UNNAMED",
                        "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");
        };
    }

    /// This system, with answers to compare Legion's with.
    ///
    /// @param waits whether an answer means that other nodes have the change too
    public Subject subject(boolean waits) {
        var mode = mode(waits);
        return new Subject(Subject.word(this), mode, "memory", flags(), main, List.of(mode));
    }

    /// True if its nodes can be run.
    public boolean isThere() {
        return getClass().getClassLoader().getResource(main.replace('.', '/') + ".class") != null;
    }
}
