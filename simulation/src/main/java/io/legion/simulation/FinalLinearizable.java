package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// I5: requests and reads answered FINAL are linearizable. The history is the witness: each output is the one of
/// applying it again, what was answered FINAL before something else began comes before it, and a read sees the state
/// at one place that is not before what was final when it began, and not before what an earlier read saw.
final class FinalLinearizable implements Checker {
    private record Done(long micros, long position) {}

    private final World world;

    FinalLinearizable(World world) {
        this.world = world;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            int number = shard;
            Retelling retelling = world.retelling(shard);
            List<Inquiry> asked = world.clients.inquiries().stream()
                    .filter(i -> i.shard == number)
                    .toList();
            List<Line> overruled = world.overruled(shard);
            outputs(asked, retelling, overruled);
            order(asked, retelling);
            new FinalReads(
                            world,
                            asked,
                            retelling,
                            overruled.stream().map(world::retelling).toList())
                    .check();
            states(shard, retelling);
        }
    }

    private void outputs(List<Inquiry> asked, Retelling retelling, List<Line> overruled) {
        for (Inquiry inquiry : asked) {
            Retelling.Told told = retelling.of(inquiry.id);
            for (Inquiry.Answered answer : inquiry.answers) {
                if (answer.standing() == Consistency.FINAL
                        && !isTold(told, answer)
                        && !isGivenUp(inquiry, answer, overruled)) {
                    world.broken("FinalLinearizable", inquiry + " was answered " + answer + ", history says " + told);
                }
            }
        }
    }

    private static boolean isTold(Retelling.@Nullable Told told, Inquiry.Answered answer) {
        return told != null
                && told.folded().event().equals(answer.event())
                && (told.output() == null ? !answer.success() : answer.body().equals(told.output()));
    }

    /// R43: an answer of an overruled era is one of that era's history, and the request is listed.
    private boolean isGivenUp(Inquiry inquiry, Inquiry.Answered answer, List<Line> overruled) {
        return overruled.stream().anyMatch(line -> isTold(world.retelling(line).of(inquiry.id), answer))
                && (world.operator.more(inquiry.shard) > 0 || isListedOrElsewhere(inquiry));
    }

    private boolean isListedOrElsewhere(Inquiry inquiry) {
        return world.operator.isListed(inquiry.shard, inquiry.id)
                || world.line(inquiry.shard).of(inquiry.id) != null;
    }

    /// R43: true if this was answered for the history that goes on, and not in an era that was overruled. An event, or
    /// another one of the same request, may be in both.
    static boolean goesOn(World world, Inquiry inquiry, Inquiry.Answered answer, Chronicle.Folded folded) {
        if (!folded.event().equals(answer.event())) {
            return false;
        }
        Line line = world.line(inquiry.shard);
        return world.overruled(inquiry.shard).stream()
                .allMatch(other -> other.of(folded.event()) == null || other.shares(line, folded));
    }

    /// Whoever began after something was FINAL comes after it in history.
    private void order(List<Inquiry> asked, Retelling retelling) {
        var done = new ArrayList<Done>();
        for (Inquiry inquiry : asked) {
            Retelling.Told told = retelling.of(inquiry.id);
            for (Inquiry.Answered answer : inquiry.answers) {
                if (told != null
                        && answer.standing() == Consistency.FINAL
                        && goesOn(world, inquiry, answer, told.folded())) {
                    done.add(new Done(answer.micros(), told.folded().position()));
                }
            }
        }
        done.sort(Comparator.comparingLong(Done::micros));
        int next = 0;
        long latest = -1;
        for (Inquiry inquiry : asked) {
            for (; next < done.size() && done.get(next).micros < inquiry.begunMicros; next++) {
                latest = Math.max(latest, done.get(next).position);
            }
            Retelling.Told told = retelling.of(inquiry.id);
            if (told != null && told.folded().position() < latest) {
                world.broken(
                        "FinalLinearizable",
                        inquiry + " began when position " + latest + " was FINAL already, and is before it: " + told);
            }
        }
    }

    /// The states that the participants hold are those that history leads to.
    private void states(int shard, Retelling retelling) {
        for (PartitionAddress address : retelling.partitions()) {
            Bytes expected = retelling.states(address).getLast();
            for (Machine machine : world.machines) {
                if (machine.hosted().contains(shard)) {
                    Bytes held = machine.heldState(address);
                    if (held != null && !held.equals(expected)) {
                        world.broken(
                                "FinalLinearizable",
                                machine.name + " holds another state of " + address + " than history leads to");
                    }
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    static <S> Bytes encoded(PartitionType<S> type, Object state) {
        return Bytes.wrap(type.stateCodec().encode((S) state));
    }
}
