package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// R77: the participants that are in touch with this one. They may serve readers, so a DURABLE answer waits for
/// their rows beside those of a majority.
///
/// The idea is that of the in-sync replicas of Kafka (its design document, "Replication").
final class InTouch {
    /// A participant that lets a DURABLE answer wait for longer is out of touch.
    private static final long SILENT_MILLIS = 1_000;

    /// A participant that lacks more events than this is not in touch yet: answers would wait for it.
    private static final long MOST_LACKING = 1_000;

    private static final long SHORTEST_BAN_MILLIS = 500;
    private static final long LONGEST_BAN_MILLIS = 30_000;

    /// What this replica remembers of a participant that it lost touch with.
    ///
    /// @param untilMillis when it may be in touch again
    /// @param banMillis for how long it was kept out
    private record Ban(long untilMillis, long banMillis) {}

    private final ReplicaState state;
    private final TreeSet<ParticipantId> members = new TreeSet<>();
    private final TreeMap<ParticipantId, Ban> bans = new TreeMap<>();

    /// The nodes to which the way is closed.
    private final TreeSet<NodeId> closed = new TreeSet<>();

    /// Those among them of which nobody has said that the way is closed: they have not spoken since this replica came
    /// back.
    private final TreeSet<NodeId> unheard = new TreeSet<>();

    private long toldMillis;

    /// The event whose DURABLE answer waits for participants in touch alone, and since when; null for none.
    private @Nullable LogEntry awaited;

    private long awaitedMillis;

    InTouch(ReplicaState state) {
        this.state = state;
    }

    /// All participants of a new shard begin together.
    void founded() {
        members.addAll(state.others());
    }

    List<ParticipantId> members() {
        return List.copyOf(members);
    }

    /// True if the rows of all in touch cover an event.
    boolean isCovered(LogEntry entry) {
        for (ParticipantId member : members) {
            if (!state.covers(member, entry.origin(), entry.sequence())) {
                return false;
            }
        }
        return true;
    }

    /// The first event that a majority has, and a participant in touch has not; null if there is none.
    @SuppressWarnings("ReferenceEquality") // an entry belongs to one replica
    void awaits(@Nullable LogEntry entry) {
        if (entry != awaited) {
            awaited = entry;
            awaitedMillis = state.elapsedMillis;
        }
    }

    /// A participant has answered what it holds. One that lacks something may serve readers without it: it is to hear
    /// that it is not in touch, and ask.
    void addIfComplete(ParticipantId other, VersionVector row) {
        if (lacking(row) == 0) {
            members.add(other);
        }
    }

    /// A participant that is about to serve asks to be in touch.
    ///
    /// @param row what it holds
    /// @return false if it lacks too much, or was silent a while ago: it is to ask again
    boolean admit(ParticipantId asker, VersionVector row) {
        Ban ban = bans.get(asker);
        if (lacking(row) > MOST_LACKING || (ban != null && state.elapsedMillis < ban.untilMillis)) {
            return false;
        }
        members.add(asker);
        return true;
    }

    private long lacking(VersionVector row) {
        long lacking = 0;
        for (ParticipantId origin : state.participants) {
            lacking += Math.max(0, durable(origin) - row.get(origin));
        }
        return lacking;
    }

    /// Up to which events of each origin a majority holds them, as far as this replica knows: all that it has
    /// answered DURABLE or FINAL is among them.
    VersionVector durable() {
        VersionVector durable = VersionVector.EMPTY;
        for (ParticipantId origin : state.participants) {
            durable = durable.with(origin, durable(origin));
        }
        return durable;
    }

    /// While this replica has not heard all others since it came back, any event that it holds may be durable.
    private long durable(ParticipantId origin) {
        for (ParticipantId other : state.others()) {
            if (state.rows.get(other) == null) {
                return state.vector.get(origin);
            }
        }
        long[] rows = state.participants.stream()
                .mapToLong(participant -> state.row(participant).get(origin))
                .sorted()
                .toArray();
        return rows[(rows.length - 1) / 2];
    }

    /// The way to a node is closed: its replica cannot serve what it does not hear of.
    ///
    /// @return false if it was closed before
    boolean closed(NodeId node) {
        members.removeIf(member -> member.node().equals(node));
        return state.participantOf(node) != null && closed.add(node);
    }

    /// True if some ways count as closed until their nodes speak.
    boolean listens() {
        return !unheard.isEmpty();
    }

    boolean isUnheard(NodeId node) {
        return unheard.contains(node);
    }

    /// The way to a node is open again.
    void opened(NodeId node) {
        closed.remove(node);
        unheard.remove(node);
    }

    /// Nobody says which nodes could not be reached when this replica came back: one that has not spoken could not.
    void unheard(NodeId node) {
        if (closed(node)) {
            unheard.add(node);
        }
    }

    boolean isClosed(ParticipantId participant) {
        return closed.contains(participant.node());
    }

    /// The participants have changed.
    void epochChanged() {
        members.retainAll(state.participants);
        bans.keySet().retainAll(state.participants);
        closed.removeIf(node -> state.participantOf(node) == null);
        unheard.retainAll(closed);
        awaits(null);
    }

    boolean isIdle() {
        return awaited == null && state.others().stream().noneMatch(this::isToBeTold);
    }

    void tick() {
        LogEntry entry = awaited;
        if (entry != null && state.elapsedMillis - awaitedMillis >= SILENT_MILLIS) {
            for (ParticipantId member : List.copyOf(members)) {
                if (!state.covers(member, entry.origin(), entry.sequence())) {
                    lose(member);
                }
            }
            awaits(null);
        }
        if (state.elapsedMillis - toldMillis >= state.settings.resendMillis()) {
            toldMillis = state.elapsedMillis;
            state.others().stream().filter(this::isToBeTold).forEach(this::tell);
        }
    }

    /// True if a participant may take itself for one in touch, and is not.
    private boolean isToBeTold(ParticipantId other) {
        return state.participates() && !members.contains(other) && (!isClosed(other) || unheard.contains(other.node()));
    }

    /// A participant is silent: answers wait for it no longer, and it hears so.
    private void lose(ParticipantId silent) {
        Ban before = bans.get(silent);
        long ban = before == null || state.elapsedMillis - before.untilMillis >= LONGEST_BAN_MILLIS
                ? SHORTEST_BAN_MILLIS
                : Math.min(2 * before.banMillis, LONGEST_BAN_MILLIS);
        bans.put(silent, new Ban(state.elapsedMillis + ban, ban));
        members.remove(silent);
        tell(silent);
    }

    private void tell(ParticipantId silent) {
        state.outbox.send(silent.node(), new Message.OutOfTouch(state.epoch, state.self));
    }
}
