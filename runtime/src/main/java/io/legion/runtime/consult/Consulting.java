package io.legion.runtime.consult;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.runtime.frame.Item;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Carries an operator's questions to other nodes, and theirs to whoever answers them here.
public final class Consulting {
    /// How many questions of this node may wait for an answer.
    static final int MOST = 256;

    /// Why there is no answer of a node that does not answer in time.
    public static final String LATE = "it did not answer in time, though there is a way to it. If the question was"
            + " an order, the node may have carried it out, or may do so yet. It may be paused, overloaded or of another release,"
            + " or its store may hang: look there, or ask again with more patience.";

    private record Asked(NodeId node, ConsultWaiter waiter) {}

    private final NodeState state;
    private final TreeMap<Long, Asked> waiting = new TreeMap<>();
    private Consultant consultant = (_, _, _) -> {};
    private boolean closed;

    public Consulting(NodeState state) {
        this.state = state;
    }

    public void answeredBy(Consultant answering) {
        consultant = answering;
    }

    public void ask(NodeId node, Bytes question, ConsultWaiter waiter) {
        String refusal = refusal(node);
        if (refusal != null) {
            waiter.notAsked(refusal);
            return;
        }
        long number = state.nextNumber();
        waiting.put(number, new Asked(node, waiter));
        state.mail.add(node, new Item.Consult(number, question));
    }

    private @Nullable String refusal(NodeId node) {
        if (closed) {
            return "this node is closed. Nothing was asked.";
        }
        if (!state.reachability.isReachable(node)) {
            return "there is no way to it. Nothing was asked. See whether it runs, and whether the network between the"
                    + " two is cut; or ask another node, which may reach it.";
        }
        return waiting.size() < MOST
                ? null
                : MOST + " questions of this node wait for an answer already. Nothing was asked; ask again later.";
    }

    public void asked(NodeId from, Item.Consult asked) {
        consultant.consulted(from, asked.number(), asked.question());
    }

    public void answer(NodeId to, long number, Bytes answer) {
        state.mail.add(to, new Item.Consulted(number, answer));
    }

    /// An answer that comes too late, or of a node that was not asked, is left out.
    public void told(NodeId from, Item.Consulted told) {
        Asked asked = waiting.get(told.number());
        if (asked != null && asked.node.equals(from)) {
            waiting.remove(told.number());
            asked.waiter.answered(told.answer());
        }
    }

    public void left(NodeId node) {
        fail(
                asked -> asked.node.equals(node),
                "it cannot be reached any more, and had not answered. If the question was an order, the node may have"
                        + " carried it out. Ask again when it is back.");
    }

    public void tick() {
        fail(asked -> asked.waiter.deadlineMillis() <= state.nowMillis, LATE);
    }

    public void close() {
        closed = true;
        fail(_ -> true, "this node closed before there was an answer.");
    }

    private void fail(Predicate<Asked> which, String why) {
        for (Map.Entry<Long, Asked> asked : List.copyOf(waiting.entrySet())) {
            if (which.test(asked.getValue())) {
                waiting.remove(asked.getKey());
                asked.getValue().waiter.failed(why);
            }
        }
    }
}
