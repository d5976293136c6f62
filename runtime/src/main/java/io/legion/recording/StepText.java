package io.legion.recording;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.PartitionType;
import io.legion.core.codec.ValueJson;
import java.time.Instant;
import java.util.Optional;

/// A step as JSON on one line, for people: long values are shortened, and what this release cannot read is left out.
public final class StepText {
    /// About the most characters of each value.
    private static final int MOST = 2_000;

    private StepText() {}

    /// All of a step.
    public static <S> String of(PartitionType<S> type, HistoryStep step) {
        var text = new StringBuilder("{\"key\":")
                .append(json(step.key().text()))
                .append(",\"time\":")
                .append(json(Instant.ofEpochMilli(step.id().millis()).toString()))
                .append(",\"version\":")
                .append(step.version());
        event(type, step.event()).ifPresent(event -> {
            member(text, "event", Optional.of(named(event)));
            member(text, "before", state(type, step.before()));
            member(text, "after", step.failed() ? Optional.empty() : state(type, step.after()));
            member(text, step.failed() ? "failure" : "output", body(type, event, step));
        });
        member(
                text,
                "tags",
                step.tags()
                        .map(tags -> named(
                                tags.stream().map(tag -> tag.bytes().text()).toList())));
        return text.append('}').toString();
    }

    private static void member(StringBuilder text, String name, Optional<String> json) {
        json.ifPresent(value -> text.append(",\"").append(name).append("\":").append(value));
    }

    /// The event; empty if this release cannot read it.
    public static <S> Optional<Event<S, ?>> event(PartitionType<S> type, Bytes event) {
        try {
            return Optional.of(type.eventCodecs().events().decode(event.shared()));
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            return Optional.empty();
        }
    }

    private static <S> Optional<String> state(PartitionType<S> type, Bytes state) {
        try {
            return Optional.of(json(type.stateCodec().decode(state.shared())));
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            return Optional.empty();
        }
    }

    private static <S> Optional<String> body(PartitionType<S> type, Event<S, ?> event, HistoryStep step) {
        if (step.failed()) {
            return Optional.of(json(step.body().text()));
        }
        try {
            @SuppressWarnings("unchecked")
            var typed = (Event<S, Object>) event;
            return Optional.of(
                    json(type.eventCodecs().outputs(typed).decode(step.body().shared())));
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            return Optional.empty();
        }
    }

    /// A value with the name of its class.
    public static String named(Object value) {
        return ValueJson.named(value, MOST).text();
    }

    private static String json(Object value) {
        return ValueJson.of(value, MOST).text();
    }
}
