package io.legion.simulation.rehearsal;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.codec.ValueText;
import io.legion.operations.ByteText;
import io.legion.recording.HistoryStep;
import io.legion.recording.StepRun;
import io.legion.recording.StepText;
import java.util.List;
import java.util.Optional;

/// Compares what this release makes of a recorded step with what the recorded one made of it: what replicas compare,
/// and the tags, which they do not.
final class StepCheck<S> {
    private final PartitionType<S> type;
    private final Cure cure;

    StepCheck(PartitionType<S> type) {
        this.type = type;
        this.cure = new Cure(type);
    }

    /// What differs, and what to do; `event` is empty if it cannot be read.
    record Fault(String event, String what, String next) {}

    Optional<Fault> fault(HistoryStep step) {
        Event<S, ?> event;
        S before;
        try {
            event = type.eventCodecs().events().decode(step.event().shared());
        } catch (RuntimeException unreadable) {
            return Optional.of(
                    new Fault("", "this release cannot read the event: " + reason(unreadable), cure.reading()));
        }
        var shown = StepText.named(event);
        try {
            before = type.stateCodec().decode(step.before().shared());
        } catch (RuntimeException unreadable) {
            return Optional.of(new Fault(
                    shown, "this release cannot read the state before: " + reason(unreadable), cure.reading()));
        }
        return applied(step, event, before).map(fault -> new Fault(shown, fault.what(), fault.next()));
    }

    Fault initial(Bytes then, Bytes now) {
        var what = difference("the initial state", type.stateCodec(), then, now);
        return new Fault("", what, isReadable(then) ? cure.initial() : cure.reading());
    }

    private boolean isReadable(Bytes state) {
        try {
            return type.stateCodec().decode(state.shared()) != null;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private Optional<Fault> applied(HistoryStep step, Event<S, ?> event, S before) {
        try {
            var now = run(step, event, before);
            if (!now.before().equals(step.before())) {
                return Optional.of(state("the state before, read and written again,", step.before(), now.before()));
            }
            return changing(now, run(step, event, before)).or(() -> compared(step, event, now));
        } catch (CodecException unwritable) {
            return fault(
                    "version " + step.version() + " of this release cannot write it again: " + reason(unwritable),
                    cure.reading());
        } catch (StackOverflowError endless) {
            return fault("apply ends with a StackOverflowError", cure.logic(step.version()));
        }
    }

    private HistoryStep run(HistoryStep step, Event<S, ?> event, S before) {
        return StepRun.of(type, step.key(), step.id(), step.version(), event, before);
    }

    /// What is another one each time.
    private Optional<Fault> changing(HistoryStep once, HistoryStep again) {
        if (again.equals(once)) {
            return Optional.empty();
        }
        return again.withTags(once.tags()).equals(once)
                ? fault(
                        "the index function gives other tags when it is called again for the same state: " + tags(once)
                                + " and " + tags(again),
                        cure.indexPurity())
                : fault(
                        "apply gives something else when it is applied again to the same event and state",
                        cure.purity());
    }

    private Optional<Fault> compared(HistoryStep then, Event<S, ?> event, HistoryStep now) {
        if (then.failed() != now.failed()) {
            return fault(end(then) + " then, and " + end(now) + " now", cure.logic(then.version()));
        }
        if (!then.after().equals(now.after())) {
            return Optional.of(logic(then, "the state after", type.stateCodec(), then.after(), now.after()));
        }
        // Of a failure, replicas compare only that it is one: its text is for the caller.
        if (!then.failed() && !then.body().equals(now.body())) {
            return Optional.of(logic(then, "the output", outputs(event), then.body(), now.body()));
        }
        return then.tags().equals(now.tags())
                ? Optional.empty()
                : fault("the tags were " + tags(then) + ", and are " + tags(now) + " now", cure.index(then.version()));
    }

    private static Optional<Fault> fault(String what, String next) {
        return Optional.of(new Fault("", what, next));
    }

    private static String end(HistoryStep step) {
        return step.failed() ? "apply failed (" + ValueText.of(step.body().text()) + ")" : "apply gave a result";
    }

    private static String tags(HistoryStep step) {
        return step.tags().map(StepCheck::listed).orElse("none, since the index function throws");
    }

    private static String listed(List<Tag> tags) {
        return ValueText.of(tags.stream().map(tag -> ByteText.of(tag.bytes())).toList());
    }

    private Fault state(String whose, Bytes then, Bytes now) {
        return new Fault("", difference(whose, type.stateCodec(), then, now), cure.states());
    }

    private Fault logic(HistoryStep step, String whose, Codec<?> codec, Bytes then, Bytes now) {
        return new Fault("", difference(whose, codec, then, now), cure.logic(step.version()));
    }

    @SuppressWarnings("unchecked")
    private Codec<?> outputs(Event<S, ?> event) {
        return type.eventCodecs().outputs((Event<S, Object>) event);
    }

    /// The first part that differs.
    static String difference(String whose, Codec<?> codec, Bytes then, Bytes now) {
        try {
            var old = codec.decode(then.shared());
            var present = codec.decode(now.shared());
            return old.equals(present) && ValueText.of(old).equals(ValueText.of(present))
                    ? whose + " takes " + now.size() + " bytes where " + then.size()
                            + " were recorded, though both are read as " + ValueText.of(present)
                    : whose + " differs, then and now: "
                            + ValueText.difference(old.getClass().getSimpleName(), old, present);
        } catch (RuntimeException unreadable) {
            return whose + " differs, and this release cannot read what it was: " + reason(unreadable);
        }
    }

    private static String reason(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
