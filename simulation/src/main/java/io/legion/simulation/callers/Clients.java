package io.legion.simulation.callers;

import io.legion.core.Consistency;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.core.shard.Shards;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.simulation.Randomness;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.workload.LedgerNumbers;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The callers: they ask, wait, and ask again elsewhere under the same request id.
public final class Clients {
    private static final int CLIENTS = 4;
    private static final int MOST_TRIES = 30;
    private static final long PATIENCE_MILLIS = 1_500;
    private static final long SLACK_MILLIS = 500;

    private static final List<Consistency> ANSWERS = List.of(Consistency.FAST, Consistency.DURABLE, Consistency.FINAL);

    private final World world;
    private final Workload workload;
    private final Randomness random;
    private final Operator operator;
    private final Ids ids;
    private final Randomness sessionDraw;
    private final CallerSession[] sessions = new CallerSession[CLIENTS];

    /// What was answered DURABLE or FINAL to anybody.
    private final Shown durable = new Shown();

    private long asked;
    private int open;

    public Clients(World world, Workload workload, Randomness random, Operator operator) {
        this.world = world;
        this.workload = workload;
        this.random = random;
        this.operator = operator;
        this.ids = new Ids(random.named("ids"), CLIENTS, world.scene.load().clientRequests());
        this.sessionDraw = random.named("sessions");
        for (int client = 0; client < CLIENTS; client++) {
            sessions[client] = new CallerSession(world.scene.nodes().shards());
        }
    }

    /// How many inquiries wait for an answer.
    public int open() {
        return open;
    }

    /// Asks now and then until the faulty time is over.
    public void begin() {
        world.timeline.after(random.between(0, 2 * world.scene.load().everyMicros()), () -> {
            if (world.timeline.micros() < world.scene.faultyMillis() * 1000 && asked < world.plan.requests()) {
                ask();
                begin();
            }
        });
    }

    private void ask() {
        Workload.Wish wish = workload.next(asked++, random);
        boolean read = random.chance(0.15);
        int client = random.below(CLIENTS);
        var id = read ? Ids.ofRead(client) : ids.next(client, wish.fingerprint());
        var consistency = random.oneOf(ANSWERS);
        PartitionAddress address = wish.address();
        var inquiry = new Inquiry(
                id,
                Shards.of(address, world.scene.nodes().shards()),
                address,
                read ? null : wish,
                consistency,
                random.chance(0.3),
                world.timeline.micros());
        CallerSession session = sessionDraw.chance(0.5) ? sessions[client] : null;
        inquiry.expects(durable.of(address), session == null ? List.of() : session.shown.of(address));
        world.inquiries.add(inquiry);
        open++;
        attempt(inquiry, session);
    }

    /// A caller that never learnt a birth does not try again after the time for which replicas promise
    /// to remember requests: nobody could know then that it had tried before (I7, R54).
    private boolean mayBeForgotten(Inquiry inquiry) {
        long age = (world.timeline.micros() - inquiry.begunMicros) / 1000;
        return !inquiry.isRead()
                && inquiry.birth() == null
                && age + PATIENCE_MILLIS + SLACK_MILLIS
                        > world.scene.nodes().settings().rememberedMillis();
    }

    private void attempt(Inquiry inquiry, @Nullable CallerSession session) {
        if (inquiry.isDone()) {
            return;
        }
        boolean enough = inquiry.tries() >= MOST_TRIES;
        inquiry.tried();
        if (enough || mayBeForgotten(inquiry)) {
            finish(inquiry);
            return;
        }
        Machine machine = choose(inquiry.shard);
        world.story.tell(machine.name, () -> "is asked: " + inquiry + (inquiry.tries() > 1 ? " again" : ""));
        machine.give((process, now) -> {
            var waiter = new Waiting(inquiry, session, machine, now + PATIENCE_MILLIS);
            Seen seen = session == null ? null : session.seen(inquiry.shard);
            if (inquiry.wish == null) {
                process.read(inquiry.shard, inquiry, seen, waiter, now);
            } else if (!mayBeForgotten(inquiry)) {
                process.request(inquiry.shard, asked(world, inquiry, inquiry.wish, seen), waiter, now);
            }
        });
        int tries = inquiry.tries();
        world.timeline.afterMillis(PATIENCE_MILLIS + 100, () -> {
            if (inquiry.tries() == tries) {
                attempt(inquiry, session);
            }
        });
    }

    private Machine choose(int shard) {
        Machine twin = world.twin().orElse(null);
        if (twin != null && random.chance(0.2)) {
            return twin;
        }
        List<Machine> hosts = new ArrayList<>();
        for (Machine machine : world.machines) {
            if (world.scene.nodes().whole() ? machine.isUp() : machine.isHosted(shard)) {
                hosts.add(machine);
            }
        }
        return random.oneOf(hosts.isEmpty() || random.chance(0.05) ? world.machines : hosts);
    }

    /// Where releases differ, each reads the event's bytes by its own classes.
    public static Request asked(World world, Inquiry inquiry, Workload.Wish wish, @Nullable Seen seen) {
        return new Request(
                inquiry.id,
                inquiry.birth(),
                inquiry.address,
                wish.payload(),
                world.releases.size() > 1 ? null : wish.event(),
                consistency(inquiry),
                seen,
                wish.version());
    }

    /// A caller that has an answer asks for the final one.
    static Consistency consistency(Inquiry inquiry) {
        return inquiry.answers().isEmpty() ? inquiry.consistency : Consistency.FINAL;
    }

    private void finish(Inquiry inquiry) {
        if (!inquiry.isDone()) {
            inquiry.done();
            open--;
        }
    }

    private void later(Inquiry inquiry, @Nullable CallerSession session) {
        int tries = inquiry.tries();
        world.timeline.afterMillis(random.between(20, 300), () -> {
            if (inquiry.tries() == tries) {
                attempt(inquiry, session);
            }
        });
    }

    /// Submits salvage again, DURABLE, for the node that lists it, until that node hears that it is safe.
    public void resubmit(Machine owner, int shard, Request request) {
        Machine machine = choose(shard);
        world.story.tell(owner.name, () -> "submits " + request.id() + " again to " + machine.name);
        machine.give((process, now) -> {
            var waiter = new SalvageWaiter(operator, owner, shard, request, now + PATIENCE_MILLIS);
            process.request(shard, request, waiter, now);
        });
    }

    private final class Waiting implements Waiter {
        private final Inquiry inquiry;
        private final @Nullable CallerSession session;
        private final Machine asked;
        private long deadlineMillis;

        Waiting(Inquiry inquiry, @Nullable CallerSession session, Machine asked, long deadlineMillis) {
            this.inquiry = inquiry;
            this.session = session;
            this.asked = asked;
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void replied(Reply reply) {
            deadlineMillis = Long.MAX_VALUE;
            world.story.tell("client", () -> "hears of " + inquiry + ": " + text(reply));
            switch (reply) {
                case Reply.Answered answered -> {
                    inquiry.answered(new Inquiry.Answered(
                            world.timeline.micros(),
                            answered.id(),
                            answered.consistency(),
                            answered.success(),
                            answered.body()));
                    wrote(answered);
                    answered(answered);
                }
                case Reply.State state -> {
                    boolean undisturbed = world.isUndisturbed(inquiry.shard, asked, inquiry.begunMicros);
                    Object seen = asked.inNewest(inquiry.address.type(), state.state());
                    if (world.seesAll(asked, inquiry.address)) {
                        inquiry.saw(new Inquiry.Seen(world.timeline.micros(), seen, undisturbed));
                    }
                    read(state);
                    finish(inquiry);
                }
                case Reply.Refused refused -> refused(refused);
            }
        }

        private void wrote(Reply.Answered answered) {
            if (inquiry.wish == null || !answered.success()) {
                return;
            }
            LedgerNumbers.of(inquiry.wish.event()).ifPresent(number -> {
                if (answered.consistency() != Consistency.FAST) {
                    durable.add(inquiry.address, number);
                }
                if (session != null) {
                    session.saw(inquiry.shard, answered.seen());
                    session.shown.add(inquiry.address, number);
                }
            });
        }

        private void read(Reply.State state) {
            if (session != null) {
                session.saw(inquiry.shard, state.seen());
                LedgerNumbers.in(state.state()).stream()
                        .skip(LedgerNumbers.isFull(state.state()) ? 1 : 0)
                        .forEach(number -> session.shown.add(inquiry.address, number));
            }
        }

        /// Some callers want the final outcome too.
        private void answered(Reply.Answered answered) {
            inquiry.born(answered.id());
            if (inquiry.andFinal && answered.consistency() != Consistency.FINAL) {
                later(inquiry, session);
            } else {
                finish(inquiry);
            }
        }

        private void refused(Reply.Refused refused) {
            inquiry.born(refused.birth());
            switch (refused.reason()) {
                case ALREADY_APPLIED, TOO_OLD, UNREADABLE, SESSION_LOST, NOT_ACTIVE -> finish(inquiry);
                case ID_REUSED -> {
                    inquiry.refusedAsReused();
                    finish(inquiry);
                }
                case NOT_A_PARTICIPANT, NOT_NOW, BEHIND_SESSION, OVERLOADED, INTERRUPTED -> later(inquiry, session);
            }
        }

        @Override
        public void failed(NoAnswer none) {
            later(inquiry, session);
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }

    private static String text(Reply reply) {
        return switch (reply) {
            case Reply.Answered a -> a.consistency() + (a.success() ? "" : " failure") + " as " + a.id();
            case Reply.State s -> "the state";
            case Reply.Refused r -> "refused, " + r.reason();
        };
    }
}
