package io.legion.core.shard;

import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.List;

/// Collects what the shell is to do, until the shell asks.
final class Outbox {
    private List<Send> sends = new ArrayList<>();
    private List<Tell> replies = new ArrayList<>();
    private List<Request> resubmissions = new ArrayList<>();
    private List<Alarm> alarms = new ArrayList<>();
    private long number;

    /// True if the messages could not hold all that is to be sent.
    boolean more;

    void send(NodeId to, Message message) {
        sends.add(new Send(to, message));
    }

    void reply(long ticket, Reply reply) {
        replies.add(new Tell(ticket, reply));
    }

    void resubmit(Request request) {
        resubmissions.add(request);
    }

    void alarm(Alarm.Kind kind, String text) {
        alarms.add(new Alarm(kind, text));
    }

    /// The number that the next effects will have.
    long nextNumber() {
        return number + 1;
    }

    Effects drain(List<Write> writes, boolean forced) {
        number++;
        var effects = new Effects(number, writes, forced, sends, more, replies, resubmissions, alarms);
        more = false;
        sends = sends.isEmpty() ? sends : new ArrayList<>();
        replies = replies.isEmpty() ? replies : new ArrayList<>();
        resubmissions = resubmissions.isEmpty() ? resubmissions : new ArrayList<>();
        alarms = alarms.isEmpty() ? alarms : new ArrayList<>();
        return effects;
    }
}
