package io.legion.benchmarks.cluster.subject;

import java.util.List;

/// What Legion is compared with.
///
/// Each node gets the arguments of [Subject#arguments].
public enum PeerSystem {
    /// Hazelcast: an entry processor on a map with two backups; the answer waits for them, or does not. Its
    /// nodes are a program of another module, which the normal build leaves out; on demand the command builds it
    /// and puts it on the class path.
    HAZELCAST {
        @Override
        public Subject subject(boolean waits) {
            var mode = waits ? "sync" : "async";
            var processes = new Subject.Processes(FLAGS, HAZELCAST_NODE, List.of(mode));
            return new Subject(Subject.word(this), mode, Subject.word(Kept.MEMORY), processes);
        }
    },
    /// Legion itself, FAST or DURABLE, watched by a dashboard and by Prometheus: what that costs. It is the same
    /// cluster, since two clusters of the same program differ by more, by what their compilers chose.
    WATCHED {
        @Override
        public Subject subject(boolean waits) {
            return Subject.watched(waits ? Mode.DURABLE : Mode.FAST);
        }
    };

    private static final String HAZELCAST_NODE = "io.legion.benchmarks.hazelcast.HazelcastNodeMain";

    /// What Hazelcast's manual asks for.
    private static final List<String> FLAGS = List.of(
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    /// This system, with answers to compare Legion's with.
    ///
    /// @param waits whether an answer means that other nodes have the change too
    public abstract Subject subject(boolean waits);

    /// True if its nodes can be run.
    public boolean isThere() {
        var node = subject(false).processes().main().replace('.', '/') + ".class";
        return PeerSystem.class.getClassLoader().getResource(node) != null;
    }
}
