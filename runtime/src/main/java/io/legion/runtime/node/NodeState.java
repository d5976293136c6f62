package io.legion.runtime.node;

import io.legion.core.NodeId;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.Reachability;
import io.legion.core.shard.PartitionTypes;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.Mail;
import io.legion.runtime.lane.ShardLanes;
import io.legion.service.Logger;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// What the parts of a [io.legion.runtime.host.Node] share.
public final class NodeState {
    public final NodeId self;
    public final NodeSettings settings;
    public final PartitionTypes types;
    public final Logger logger;
    public final SplittableRandom random;
    public final Mail mail;
    public final Directory directory;

    /// The shards hosted here, those that have stopped included.
    public final TreeSet<Integer> hosted = new TreeSet<>();

    /// What lanes called back, and what gives lanes further inputs: it runs when the lanes are done.
    public final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();

    public Reachability reachability;
    public Members members = Members.NONE;
    public long nowMillis;
    private @Nullable ShardLanes lanes;
    private long lastNumber;

    public NodeState(NodeSetup setup) {
        self = setup.self();
        settings = setup.settings();
        types = setup.types();
        logger = setup.logger();
        random = new SplittableRandom(setup.seed());
        mail = new Mail(setup.frames(), setup.logger());
        directory = new Directory(settings.shards());
        reachability = new Reachability(self, 0);
    }

    public void lanes(ShardLanes created) {
        lanes = created;
    }

    public ShardLanes lanes() {
        return java.util.Objects.requireNonNull(lanes, "a node has lanes before anything else happens");
    }

    /// Begins numbers above those of an earlier start of this node.
    public void beginNumbers() {
        lastNumber = nowMillis << 16;
    }

    /// A number for a call or a search, which tells the answers of other nodes apart.
    public long nextNumber() {
        return ++lastNumber;
    }

    /// Leaves out what failed and nothing else: the node goes on.
    public void leftOut(String what, Throwable broken) {
        logger.error(what + " could not be taken in, and was left out: " + broken, broken);
    }

    /// A number drawn from 0 to `bound - 1`.
    public long jitter(long bound) {
        return random.nextLong(Math.max(1, bound));
    }

    /// Sends to every other node that is reachable.
    public void broadcast(Item item) {
        reachability.reachable().forEach(node -> mail.add(node, item));
    }

    /// The member as it is known; an ordinary one if nothing is known of the node.
    public Member member(NodeId node) {
        Member known = members.find(node);
        return known != null ? known : new Member(node, Member.Status.UP, 0, 1, "", "");
    }
}
