package io.legion.runtime.node;

import io.legion.core.NodeId;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.NodeRelease;
import io.legion.core.placement.Reachability;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.PartitionTypes;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.Mail;
import io.legion.runtime.lane.Lane;
import io.legion.runtime.lane.Outgoing;
import io.legion.service.Logger;
import io.legion.service.Tracer;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the parts of a [io.legion.runtime.host.Node] share.
public final class NodeState {
    public final NodeId self;
    public final NodeSettings settings;
    public final PartitionTypes types;
    public final Logger logger;
    public final SplittableRandom random;
    public final Mail mail;
    public final NodeMeters meters;

    /// Null where nobody traces.
    public final @Nullable Tracer tracer;

    public final Directory directory;

    /// Has all shards of this node, and the same owner.
    public final Lane lane;

    /// The shards hosted here, those that have stopped included.
    public final TreeSet<Integer> hosted = new TreeSet<>();

    /// What other nodes say has stopped there.
    public final StoppedCopies stoppedElsewhere = new StoppedCopies();

    public Reachability reachability;
    /// False once the store is known to hold no requests of dropped copies (R76).
    public boolean maySaveRequests = true;

    public Members members = Members.NONE;

    /// What this node says of its release.
    public NodeRelease release = NodeRelease.UNKNOWN;

    public long nowMillis;
    private long lastNumber;

    /// @param outgoing takes what the lane has for other nodes
    public NodeState(NodeSetup setup, Outgoing outgoing) {
        self = setup.lane().self();
        settings = setup.settings();
        types = setup.lane().types();
        logger = setup.lane().logger();
        random = new SplittableRandom(setup.seed());
        mail = new Mail(setup.frames(), logger);
        meters = setup.meters();
        tracer = setup.tracer();
        lane = new Lane(setup.lane(), outgoing);
        directory = new Directory(settings.shards());
        reachability = new Reachability(self, 0);
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
