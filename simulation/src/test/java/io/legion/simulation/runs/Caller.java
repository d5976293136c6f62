package io.legion.simulation.runs;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.simulation.callers.Clients;
import io.legion.simulation.workload.Account;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.List;

/// One request of a scenario, with its tries; what it is answered is told, and is checked like everything that the
/// callers of a run are answered.
final class Caller {
    private static final long FOR_EVER_MILLIS = 1_000_000;

    private final World world;
    private final Narrator narrator;
    private final Inquiry inquiry;
    private final Workload.Wish wish;
    private final List<String> answers = new ArrayList<>();

    Caller(World world, Narrator narrator, Inquiry inquiry, Workload.Wish wish) {
        this.world = world;
        this.narrator = narrator;
        this.inquiry = inquiry;
        this.wish = wish;
        world.inquiries.add(inquiry);
    }

    Inquiry inquiry() {
        return inquiry;
    }

    /// What was answered, in order: `FAST 10`.
    List<String> answers() {
        return answers;
    }

    String what() {
        return switch (wish.event()) {
            case Account.Deposit deposit -> "deposit " + deposit.cents();
            case Account.Withdraw withdraw -> "withdraw " + withdraw.cents();
            case Event<?, ?> other -> other.toString();
        };
    }

    void ask(Machine machine, long patienceMillis) {
        boolean again = inquiry.tries() > 0;
        inquiry.tried();
        String request = again && !inquiry.answers().isEmpty()
                ? " for the final outcome of " + inquiry.id
                : (again ? " again" : "") + ", " + inquiry.consistency + ": " + what() + " (request " + inquiry.id
                        + ")";
        narrator.tell("caller", "asks " + narrator.nameOf(machine) + request);
        long askedMicros = world.timeline.micros();
        machine.give((process, now) -> process.request(
                inquiry.shard,
                Clients.asked(world, inquiry, wish, null),
                new Hearing(machine, askedMicros, now + patienceMillis),
                now));
    }

    /// The output in the bytes of an answer.
    String output(boolean success, Bytes body) {
        return success
                ? "balance " + output(wish.type(), body)
                : "failed: " + new String(body.shared(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private <S> Object output(PartitionType<S> type, Bytes body) {
        return type.eventCodecs().outputs((Event<S, Object>) wish.event()).decode(body.shared());
    }

    private final class Hearing implements Waiter {
        private final Machine machine;
        private final String asked;
        private final long askedMicros;
        private long deadlineMillis;

        Hearing(Machine machine, long askedMicros, long deadlineMillis) {
            this.machine = machine;
            this.asked = narrator.nameOf(machine);
            this.askedMicros = askedMicros;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void replied(Reply reply) {
            deadlineMillis = Long.MAX_VALUE;
            switch (reply) {
                case Reply.Answered answered -> answered(answered);
                case Reply.Refused refused -> narrator.tell("caller", inquiry.id + " is refused: " + refused.reason());
                case Reply.State state -> throw new IllegalStateException("a request was answered with " + state);
            }
        }

        private void answered(Reply.Answered answered) {
            long micros = world.timeline.micros();
            inquiry.answered(new Inquiry.Answered(
                    micros, answered.id(), answered.consistency(), answered.success(), answered.body()));
            inquiry.done();
            String text = output(answered.success(), answered.body());
            answers.add(answered.consistency() + " " + text.replace("balance ", ""));
            String how = answered.consistency() == Consistency.FINAL ? "is FINAL" : "is " + answered.consistency();
            narrator.tell(
                    "caller",
                    "hears from " + asked + " that " + inquiry.id + " " + how + " after "
                            + (micros - askedMicros) / 1000 + " ms: " + text);
            if (inquiry.andFinal && answered.consistency() != Consistency.FINAL) {
                ask(machine, FOR_EVER_MILLIS);
            }
        }

        @Override
        public void failed(NoAnswer none) {
            narrator.tell(
                    "caller",
                    inquiry.id + " gets no answer from " + asked + ": " + none.explanation() + " (" + none.reason()
                            + ")");
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }
}
