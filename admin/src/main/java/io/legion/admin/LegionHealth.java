package io.legion.admin;

import io.legion.Legion;
import io.legion.operations.MemberReport;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The [Health] of a node of Legion. It looks at the node once a second at most, whoever asks and however
/// often.
public final class LegionHealth implements Health, AutoCloseable {
    /// How long whoever asks waits.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// A node that has done nothing for so long does nothing any more: the longest that a slow disk or a long
    /// pause takes is far less.
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final Legion legion;
    private final KeptLook<List<Check>> ready;
    private final KeptLook<Boolean> alive;
    private final KeptLook<List<Peer>> peers;
    private volatile boolean caughtUp;
    private volatile boolean closing;

    public LegionHealth(Legion legion) {
        this(legion, System::nanoTime);
    }

    LegionHealth(Legion legion, LongSupplier nanoTime) {
        this.legion = legion;
        this.ready = new KeptLook<>(this::look, nanoTime);
        this.alive = new KeptLook<>(() -> legion.operations().peers().isEmpty(), nanoTime);
        this.peers = new KeptLook<>(this::others, nanoTime);
    }

    private List<Check> look() {
        var checks = ReadyChecks.of(legion.operations(), caughtUp);
        if (checks.hasCaughtUp()) {
            caughtUp = true;
        }
        return checks.all();
    }

    @Override
    public List<Check> checks() {
        return Stream.concat(
                        Stream.of(new Check("closing", closing ? List.of("The node is closing.") : List.of())),
                        looked().stream())
                .toList();
    }

    private List<Check> looked() {
        try {
            return ready.within(PATIENCE)
                    .orElseGet(() -> unanswered("The node has not said within " + PATIENCE.toSeconds()
                            + " s how it is: it is busy, or waits for its store."));
        } catch (RuntimeException failure) {
            return unanswered("The node could not say how it is: " + failure);
        }
    }

    private static List<Check> unanswered(String reason) {
        return List.of(new Check("answers", List.of(reason)));
    }

    @Override
    public boolean isAlive() {
        return alive.underWay().compareTo(STUCK) < 0;
    }

    @Override
    public List<Peer> peers() {
        return peers.within(PATIENCE).orElse(List.of());
    }

    private List<Peer> others() {
        var reachable = ReadyChecks.reachable(legion.operations());
        return legion.operations().members().stream()
                .filter(member -> !member.node().equals(legion.node()))
                .filter(member -> member.status() != MemberReport.Status.GONE)
                .map(member -> new Peer(member.node().toString(), member.address(), reachable.contains(member.node())))
                .toList();
    }

    /// From now on the node is not ready, since it is about to close.
    @Override
    public void close() {
        closing = true;
    }
}
