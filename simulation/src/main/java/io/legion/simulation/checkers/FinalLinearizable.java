package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.core.codec.ValueText;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.Histories;
import io.legion.simulation.history.Replay;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// I5: requests and reads answered FINAL are linearizable. The history is the witness. Applied again, it gives
/// each output. What was answered FINAL before an inquiry began comes before it. A read sees the state at one
/// place, not before what was final when the read began, and not before what an earlier read saw.
final class FinalLinearizable implements Checker {
    /// What was answered FINAL for the history that goes on.
    record Done(Inquiry inquiry, long micros, Replay.Told told) {}

    private final World world;
    private final Histories histories;
    private final Operator operator;

    FinalLinearizable(World world, Histories histories, Operator operator) {
        this.world = world;
        this.histories = histories;
        this.operator = operator;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            int number = shard;
            List<Inquiry> asked = world.inquiries.of(shard);
            Replay replay = histories.replay(shard);
            List<Replay> overruled = histories.overruled(shard).stream()
                    .map(line -> histories.replay(number, line))
                    .toList();
            List<Done> done = outputs(asked, replay, overruled);
            order(asked, replay, done);
            new FinalReads(world, replay, overruled).check(asked, done);
            states(shard, replay);
        }
    }

    /// Returns what was done, in the order of the answers.
    private List<Done> outputs(List<Inquiry> asked, Replay replay, List<Replay> overruled) {
        var done = new ArrayList<Done>();
        for (Inquiry inquiry : asked) {
            for (Inquiry.Answered answer : inquiry.answers()) {
                if (answer.consistency() == Consistency.FINAL) {
                    Replay.Told told = replay.of(inquiry);
                    output(inquiry, answer, told, overruled);
                    if (told != null && goesOn(answer, told.folded(), replay, overruled)) {
                        done.add(new Done(inquiry, answer.micros(), told));
                    }
                }
            }
        }
        done.sort(Comparator.comparingLong(Done::micros));
        return done;
    }

    private void output(Inquiry inquiry, Inquiry.Answered answer, Replay.@Nullable Told told, List<Replay> overruled) {
        if (!isTold(told, answer) && !isGivenUp(inquiry, answer, overruled)) {
            world.broken("FinalLinearizable", inquiry + " was answered " + answer + ", history says " + told);
        }
    }

    private static boolean isTold(Replay.@Nullable Told told, Inquiry.Answered answer) {
        return told != null
                && told.folded().event().equals(answer.event())
                && (told.output() == null ? !answer.success() : answer.body().equals(told.output()));
    }

    /// R43: an answer of an overruled era belongs to that era's history, and its request is listed.
    private boolean isGivenUp(Inquiry inquiry, Inquiry.Answered answer, List<Replay> overruled) {
        return overruled.stream().anyMatch(other -> isTold(other.of(inquiry), answer))
                && (operator.more(inquiry.shard) > 0 || isListedOrElsewhere(inquiry));
    }

    private boolean isListedOrElsewhere(Inquiry inquiry) {
        return operator.isListed(inquiry.shard, inquiry.id)
                || histories.line(inquiry.shard).of(inquiry) != null;
    }

    /// R43: true if this answer belongs to the history that goes on, and not to an overruled era. An event, or
    /// another one of the same request, may be in both.
    private static boolean goesOn(
            Inquiry.Answered answer, Chronicle.Folded folded, Replay replay, List<Replay> overruled) {
        if (!folded.event().equals(answer.event())) {
            return false;
        }
        for (Replay other : overruled) {
            if (other.line().of(folded.event()) != null && !other.line().shares(replay.line(), folded)) {
                return false;
            }
        }
        return true;
    }

    /// An inquiry that began after something was FINAL comes after it in history.
    private void order(List<Inquiry> asked, Replay replay, List<Done> done) {
        int next = 0;
        long latest = -1;
        for (Inquiry inquiry : asked) {
            for (; next < done.size() && done.get(next).micros < inquiry.begunMicros; next++) {
                latest = Math.max(latest, done.get(next).told.folded().position());
            }
            Replay.Told told = inquiry.isRead() ? null : replay.of(inquiry);
            if (told != null && told.folded().position() < latest) {
                world.broken(
                        "FinalLinearizable",
                        inquiry + " began when position " + latest + " was FINAL already, and is before it: " + told);
            }
        }
    }

    /// The participants hold the states that history leads to.
    private void states(int shard, Replay replay) {
        for (PartitionAddress address : replay.partitions()) {
            Bytes expected = replay.states(address).getLast();
            for (Machine machine : world.machines) {
                Object held = machine.isHosted(shard) ? machine.projectedState(address) : null;
                var type = world.types.require(address.type());
                if (held != null && !encoded(type, held).equals(expected)) {
                    world.broken(
                            "FinalLinearizable",
                            machine.name + " holds another state of the partition " + address.key() + " of '" + type
                                    + "' than history leads to, which is "
                                    + ValueText.difference(
                                            "the state", held, type.stateCodec().decode(expected.shared())));
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    static <S> Bytes encoded(PartitionType<S> type, Object state) {
        return Bytes.wrap(type.stateCodec().encode((S) state));
    }
}
