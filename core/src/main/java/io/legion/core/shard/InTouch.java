package io.legion.core.shard;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// R77: the participants that are in touch with this one. They may serve readers, so a DURABLE answer waits for
/// their rows beside those of a majority, and answers after a change wait until those that left know of it.
///
/// The idea is that of the in-sync replicas of Kafka (its design document, "Replication").
final class InTouch {
    /// A participant that lets a DURABLE answer wait for longer is out of touch.
    static final long SILENT_MILLIS = 1_000;

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

    /// Who has not asked since this replica lost touch with it.
    private final TreeSet<ParticipantId> lost = new TreeSet<>();

    private long toldMillis;

    /// Who left with the last changes and may not know it yet, and since when.
    private final TreeMap<ParticipantId, Long> leavers = new TreeMap<>();

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

    /// A participant has answered what it holds: it will ask this one before it serves a reader.
    void add(ParticipantId other) {
        if (state.isParticipant(other)) {
            members.add(other);
        }
    }

    /// A participant that is about to serve asks to be in touch.
    ///
    /// @param row what it holds
    /// @return false if it lacks too much, or was silent a while ago: it is to ask again
    boolean admit(ParticipantId asker, VersionVector row) {
        lost.remove(asker);
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

    private long durable(ParticipantId origin) {
        long[] rows = state.participants.stream()
                .mapToLong(participant -> state.row(participant).get(origin))
                .sorted()
                .toArray();
        return rows[(rows.length - 1) / 2];
    }

    /// The way to a node is closed: its replica cannot serve what it does not hear of.
    void closed(NodeId node) {
        members.removeIf(member -> member.node().equals(node));
        lost.removeIf(silent -> silent.node().equals(node));
        leavers.keySet().removeIf(leaver -> leaver.node().equals(node));
    }

    /// The participants have changed. Those removed may go on to serve readers until they know it.
    ///
    /// @param leaving the participants until now; none after a forced change, which gives up those who are lost
    void epochChanged(Collection<ParticipantId> leaving) {
        for (ParticipantId participant : leaving) {
            if (members.contains(participant) && state.participantOf(participant.node()) == null) {
                leavers.put(participant, state.elapsedMillis);
            }
        }
        members.retainAll(state.participants);
        bans.keySet().retainAll(state.participants);
        lost.retainAll(state.participants);
        awaits(null);
    }

    /// A node speaks as one of this epoch, or of a later one: it knows who takes part.
    void heardOfEpoch(NodeId node) {
        if (!leavers.isEmpty()) {
            leavers.keySet().removeIf(leaver -> leaver.node().equals(node));
        }
    }

    /// True while somebody who left may not know it yet: no answer but FAST goes out.
    boolean awaitsLeavers() {
        return !leavers.isEmpty();
    }

    boolean isIdle() {
        return leavers.isEmpty() && lost.isEmpty() && awaited == null;
    }

    void tick() {
        leavers.values().removeIf(since -> state.elapsedMillis - since >= SILENT_MILLIS);
        LogEntry entry = awaited;
        if (entry != null && state.elapsedMillis - awaitedMillis >= SILENT_MILLIS) {
            for (ParticipantId member : List.copyOf(members)) {
                if (!state.covers(member, entry.origin(), entry.sequence())) {
                    lose(member);
                }
            }
            awaits(null);
        }
        if (!lost.isEmpty() && state.elapsedMillis - toldMillis >= state.settings.resendMillis()) {
            toldMillis = state.elapsedMillis;
            lost.forEach(this::tell);
        }
    }

    /// A participant is silent: answers wait for it no longer, and it hears so.
    private void lose(ParticipantId silent) {
        Ban before = bans.get(silent);
        long ban = before == null || state.elapsedMillis - before.untilMillis >= LONGEST_BAN_MILLIS
                ? SHORTEST_BAN_MILLIS
                : Math.min(2 * before.banMillis, LONGEST_BAN_MILLIS);
        bans.put(silent, new Ban(state.elapsedMillis + ban, ban));
        members.remove(silent);
        lost.add(silent);
        tell(silent);
    }

    private void tell(ParticipantId silent) {
        state.outbox.send(silent.node(), new Message.OutOfTouch(state.epoch, state.self));
    }
}
