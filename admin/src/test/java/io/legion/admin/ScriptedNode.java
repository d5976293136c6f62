package io.legion.admin;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.operations.LoadReport;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.FoldWait;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles;
import io.legion.operations.VersionsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A node as a test describes it: alive and well, with a copy of each shard, until the test says otherwise.
public final class ScriptedNode {
    final NodeId id;
    final ScriptedCluster cluster;

    /// Whether it answers questions.
    public boolean answers = true;

    /// Closed while it does nothing, as in a write to its store that hangs: whoever asks it waits.
    private volatile CountDownLatch goesOn = new CountDownLatch(0);

    private final AtomicInteger askers = new AtomicInteger();

    /// How long it takes over each question.
    public Duration takes = Duration.ZERO;

    /// It cannot say how it is, for this reason.
    public Optional<RuntimeException> fails = Optional.empty();

    /// For how long nobody has heard of it.
    public Duration unheard = Duration.ZERO;

    /// It tells how it is, and no answer to an order comes.
    public boolean silentToOrders;

    /// It tells how it is, and begins no order.
    public boolean beginsNoOrder;

    /// The shards in which it is back from its store, and waits for what the others know.
    public final Set<Integer> returning = new HashSet<>();

    /// Whether it knows which events of its overruled copies are lost.
    public boolean listsAreComplete = true;

    /// The nodes that it does not reach.
    public final Set<NodeId> cutFrom = new HashSet<>();

    /// The nodes that it never heard of.
    public final Set<NodeId> strangers = new HashSet<>();

    public MemberReport.Status status = MemberReport.Status.UP;
    public String address = "";
    public String release = "1.0";
    public Instant started = ScriptedCluster.LONG_AGO;
    public Duration uptime = Duration.ofDays(1);
    public Optional<Duration> clockOffset = Optional.of(Duration.ZERO);
    public Optional<Silence> silence = Optional.empty();
    public boolean rebalancingPaused;
    public StoreReport store = new StoreReport(StoreReport.State.OK, "");
    public long refused;
    public int waiting;
    public long refusedHere;
    public int lostRequests;
    public long forgottenEarly;

    /// By a copy that is changed from now on.
    public long folded = 7;

    public final List<StoppedShard> stopped = new ArrayList<>();
    public final List<ShardReport> shards = new ArrayList<>();
    public VersionsReport versions = new VersionsReport(List.of(), List.of(), Optional.empty());
    public Troubles troubles = new Troubles(List.of(), List.of(), 0, List.of());

    /// The orders that it was given.
    public final List<String> orders = new ArrayList<>();

    ScriptedNode(ScriptedCluster cluster, long number) {
        this.cluster = cluster;
        this.id = new NodeId(number);
    }

    public NodeId id() {
        return id;
    }

    /// It does nothing from now on: whoever asks it waits until it [#goesOn].
    public void hangs() {
        goesOn = new CountDownLatch(1);
    }

    public void goesOn() {
        goesOn.countDown();
    }

    /// True if somebody has asked it and waits.
    public boolean isWaitedFor() {
        return askers.get() > 0;
    }

    /// No interrupt ends the waiting, as none ends it at a real node.
    void waitUntilItGoesOn() {
        boolean interrupted = false;
        askers.incrementAndGet();
        while (goesOn.getCount() > 0) {
            try {
                goesOn.await();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        askers.decrementAndGet();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// A shard stops here.
    public void stop(int shard, StoppedShard.Kind kind, String reason, boolean kept) {
        stopped.add(new StoppedShard(id, shard, kind, reason, kept));
        shards.removeIf(copy -> copy.shard() == shard);
    }

    MemberReport member() {
        return new MemberReport(id, status, 1, "", address);
    }

    NodeReport report() {
        fails.ifPresent(failure -> {
            throw failure;
        });
        return new NodeReport(
                id,
                release,
                "25",
                started,
                uptime,
                clockOffset,
                silence,
                1,
                shards.size(),
                0,
                waiting,
                3,
                rebalancingPaused,
                store,
                1,
                2,
                lostRequests,
                false,
                List.of(new NodeReport.TypeReport("account", true)),
                new LoadReport(new TreeMap<>(), 0, refused, refusedHere, 0));
    }

    List<PeerReport> peers() {
        return cluster.nodes().stream()
                .filter(other -> !other.id.equals(id) && other.status != MemberReport.Status.GONE)
                .map(other -> new PeerReport(other.id, cluster.isReachable(this, other), silent(other)))
                .toList();
    }

    private Optional<Duration> silent(ScriptedNode other) {
        return strangers.contains(other.id)
                ? Optional.empty()
                : Optional.of(cluster.isReachable(this, other) ? other.unheard : Duration.ofMinutes(1));
    }

    /// Its copy of a shard.
    public ScriptedCopy copy(int shard) {
        return new ScriptedCopy(this, shard);
    }

    /// How to change a copy.
    ///
    /// @param node where it is
    public record ScriptedCopy(ScriptedNode node, int shard) {
        public void is(Phase phase) {
            put(phase, 0, false, Optional.empty(), 1);
        }

        public void isOfEpoch(long epoch) {
            put(Phase.PARTICIPATING, 0, false, Optional.empty(), epoch);
        }

        public void changes() {
            put(Phase.PARTICIPATING, 0, true, Optional.empty(), 1);
        }

        public void hasSalvage(int requests) {
            put(Phase.REMOVED, requests, false, Optional.empty(), 1);
        }

        public void waitsFor(ScriptedNode other, Duration since) {
            isOfEpochAndWaitsFor(1, other, since);
        }

        public void isOfEpochAndWaitsFor(long epoch, ScriptedNode other, Duration since) {
            put(
                    Phase.PARTICIPATING,
                    0,
                    false,
                    Optional.of(new FoldWait(List.of(new ParticipantId(other.id, 1)), since)),
                    epoch);
        }

        /// As after a forced change that counted on a node which went with another one and never comes.
        public void countsInVainOn(ScriptedNode other) {
            put(Phase.PARTICIPATING, 0, false, Optional.empty(), 1);
            node.shards.add(ScriptedCluster.inVain(node.shards.removeLast(), other.id));
        }

        private void put(Phase phase, int salvage, boolean changing, Optional<FoldWait> wait, long epoch) {
            node.shards.removeIf(copy -> copy.shard() == shard);
            node.shards.add(node.cluster.copy(node, shard, phase, salvage, changing, wait, epoch));
        }
    }
}
