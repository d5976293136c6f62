package io.legion.operations;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.recording.RecordingSource;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an operator asks of a node and reads from it. [io.legion.Legion#operations] gives it.
///
/// **Threads.** Any. Each method waits until the node has a moment for it, which a write to its store can delay.
///
/// **Failure.** What is asked of another node ([#at]) may throw [UnreachableException]; the rest of what is
/// said here holds for it too.
public interface Operations extends RecordingSource {
    /// The most shards or keys of one page.
    int MOST_OF_A_PAGE = 1_000;

    /// The most events that [#overruledCopies] lists, of all copies together.
    int MOST_LOST_EVENTS = 10_000;

    /// The operations of another node of the cluster, asked over the connections that nodes have anyway; of
    /// this node, these. It answers them as it would its own callers, so "this node" is that one.
    ///
    /// Each call throws [UnreachableException] if the node cannot be reached, does not answer in time, has 16
    /// such calls at work already, or does not know what it is asked.
    ///
    /// @param node its id; nothing happens until it is asked
    /// @param patience how long each call waits at most
    /// @throws IllegalArgumentException if the patience is not positive, or longer than a day
    Operations at(NodeId node, Duration patience);

    /// The identity of this node's store, with what was fixed when its cluster was founded.
    StoreIdentity identity();

    /// The members of the cluster, as far as this node has heard, in the order of their ids; also those that are
    /// gone.
    List<MemberReport> members();

    /// What this node says of itself.
    NodeReport report();

    /// The other members that are not gone, as this node sees them, in the order of their ids.
    List<PeerReport> peers();

    /// Some of the shards that run on this node, in ascending order.
    ///
    /// @param from the first shard to report
    /// @param limit how many to report at most
    /// @throws IllegalArgumentException if `limit` is not from 1 to [#MOST_OF_A_PAGE]
    List<ShardReport> shards(int from, int limit);

    /// The shards that run on this node, in ascending order.
    default List<ShardReport> shards() {
        var all = new ArrayList<ShardReport>();
        List<ShardReport> page;
        do {
            page = shards(all.isEmpty() ? 0 : all.getLast().shard() + 1, MOST_OF_A_PAGE);
            all.addAll(page);
        } while (page.size() == MOST_OF_A_PAGE);
        return List.copyOf(all);
    }

    /// A shard, or empty if it does not run on this node.
    ///
    /// @param shard from 0 to one less than the number of shards
    Optional<ShardReport> shard(int shard);

    /// Where a partition is, as far as this node knows.
    ///
    /// @param type the name of a partition type
    /// @throws IllegalArgumentException if this Legion was not opened with such a type
    PartitionPlace place(String type, PartitionKey key);

    /// A partition, or empty if this node does not take part in its shard: ask one of [#place]. This node reads
    /// and describes it while it serves others. What it cannot tell, as because `apply` or a codec fails, the
    /// report says; the partition goes on.
    ///
    /// @param type the name of a partition type
    /// @throws IllegalArgumentException if this Legion was not opened with such a type
    Optional<PartitionReport> partition(String type, PartitionKey key);

    /// A page of the keys of partitions, of the shards that this node serves first: all nodes of a cluster
    /// together list each key once. This reads the store, and so misses partitions that were new less than some
    /// seconds ago. It looks at 10,000 records at most, and gives what it has found among them.
    ///
    /// @param type the name of a partition type
    /// @param prefix only keys that begin with it; empty for all
    /// @param from where to begin: [KeyPage.Bookmark#BEGIN], or the end of the page before
    /// @param limit how many keys to list at most
    /// @throws IllegalArgumentException if this Legion was not opened with such a type, or `limit` is not from 1 to
    ///     [#MOST_OF_A_PAGE]
    /// @throws io.legion.spi.StoreException if the store cannot be read
    KeyPage keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit);

    /// The shards that have stopped on this node, and on those that it can reach.
    List<StoppedShard> stoppedShards();

    /// Lets a stopped copy go that this node keeps ([StoppedShard#kept()]): because its state differs from the
    /// others', because the node has replaced it too often, or because the store does not say which place it
    /// has. The node drops it once the others go on without it, and may then copy the shard anew. It submits
    /// again what only this copy had accepted, as far as that can be read.
    ///
    /// @return false if there is no such copy here, or nothing is wrong with it ([StoppedShard.Kind#RELEASE])
    boolean dropStoppedCopy(int shard);

    /// Hands this node's shards over to the other nodes and leaves the cluster; its identity is never used
    /// again. The node serves requests meanwhile. Call it before [io.legion.Legion#close].
    ///
    /// @param patience how long to wait for the handover, which goes on after that
    /// @return true once the node has handed over everything; false if that takes longer, as it always does on
    ///     the last node
    boolean leave(Duration patience);

    /// Declares that another node is gone: the other nodes take over its shards now, and it cannot come back
    /// under its id. A shard without a majority of its participants changes only once it has one again.
    ///
    /// @throws IllegalArgumentException if it is this node
    void eject(NodeId node);

    /// Keeps the shards where they are, until [#resumeRebalancing] or until this node stops: it has no shard
    /// copied, adds no participant and removes none that is there, so a node that leaves waits. It still
    /// removes participants that are ejected or dead, and copies that have stopped, since FINAL answers wait
    /// for them; their places stay empty meanwhile. A change that has begun ends as it would; a copy that has
    /// begun is given up after a while. Other nodes go on by themselves: pause them too.
    void pauseRebalancing();

    /// Takes [#pauseRebalancing] back.
    void resumeRebalancing();

    /// Declares that these nodes are lost for ever, and accepts that what only they hold is lost with them:
    /// every shard in which this node takes part and that has no majority without them goes on with those left.
    /// To be called on each node that is left, one after the other, until every shard is served again.
    ///
    /// That may cost events that were answered DURABLE. If the lost nodes live after all, and went on by
    /// themselves, it costs what they answered FINAL too: when they come back they give way, keep their copies
    /// aside, and list what is not in the history that goes on ([#overruledCopies]).
    ///
    /// @return what was done with each shard that takes part here
    List<ForcedChange> force(Set<NodeId> lost);

    /// What [#force] would do now. This changes nothing.
    List<ForcedChange> wouldForce(Set<NodeId> lost);

    /// Accepts clocks that are up to this far ahead, until this node stops: it takes the events of nodes whose
    /// clocks are ahead, and it accepts requests itself although others say that its own clock is. For when
    /// waiting until a clock is set right is worse than event times that run ahead for good. Call it on each
    /// node that refuses such events or is silent; the log names the call there. Zero takes it back.
    ///
    /// @throws IllegalArgumentException if it is negative, or longer than 365 days
    void acceptClocksAhead(Duration ahead);

    /// The copies on this node that a forced change elsewhere has overruled, and the events that the change
    /// lost. Of all copies together it lists [#MOST_LOST_EVENTS] events at most, those of the first shards: who
    /// has dropped these copies sees the others.
    List<OverruledCopy> overruledCopies();

    /// Drops an overruled copy, with its list. This node may then take part in the shard again, with a fresh
    /// copy.
    ///
    /// @return false if there is no such copy here, or the store failed: then the copy is as before, or only
    ///     records of the index are left, which go later
    boolean dropOverruledCopy(int shard);

    /// Requests that were answered FAST, did not get into history when their node was removed, and were too old
    /// to submit again, or had an id that stands for another event: they were not applied. The latest 1,000,
    /// those of earlier starts included.
    List<RequestId> lostRequests();

    /// A page of the index of a partition type, of the whole cluster: the records strictly greater than `from`.
    ///
    /// @param type the name of a partition type
    /// @param limit how many records to list at most
    /// @throws IllegalArgumentException if this Legion was not opened with such a type, or `limit` is not from
    ///     1 to [#MOST_OF_A_PAGE]
    /// @throws io.legion.RequestException if there is no answer
    IndexPage index(String type, SearchTag from, int limit);

    /// What went wrong here, or may go wrong.
    Troubles troubles();

    /// The partition types of the service, in the order of their names.
    List<TypeShape> typeShapes();

    /// Which versions of the partition types are active on this node, what the nodes have announced, and what the next
    /// versions wait for.
    VersionsReport versions();

    /// Holds the versions of the partition types where they are, lets them go, or orders new ones to become active
    /// although they are held. To hold, and to take that back, are kept in the store of the node.
    ///
    /// @throws io.legion.spi.StoreException if the node's store does not keep the order: then nothing has changed
    void steerVersions(VersionOrder order);

    /// Waits until these shards have in history whatever any participant had answered before this began, FAST
    /// answers included, and this node's store has it: an extract from then on has all of that. What only a removed
    /// participant had accepted, and nobody has submitted again yet, is not waited for.
    ///
    /// Each call places two marks into the history of each shard, which count as positions.
    ///
    /// @param shards in which this node takes part, at most [#MOST_OF_A_PAGE]; another one is not settled
    /// @param patience how long to wait for all of them; of another node ([#at]) less than its patience
    /// @throws IllegalArgumentException if there are more shards, or one that does not exist
    List<SettledShard> settle(List<Integer> shards, Duration patience);

    /// Begins to read all states of a shard as they are at one position of its history. The node serves meanwhile.
    ///
    /// @param least the position that it must have reached, as [#settle] gave it
    /// @throws UnreachableException if this node takes no part in the shard, or is not so far, or has
    ///     [Extract#MOST_OPEN] open: try again, or ask another participant
    Extract extract(int shard, long least);

    /// A piece of an extract of this node.
    ///
    /// @param number of the extract
    /// @param section which section, from 0 on: the one of the last call, or the next
    /// @param offset from which of its deflated bytes on
    /// @param expected the digest of a section that the caller has: its content is left out if it is this one
    /// @throws IllegalArgumentException if it is another section, or it has no such offset
    /// @throws UnreachableException if there is no such extract any more, or it could not be read
    ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected);
}
