package io.legion.runtime.operator;

import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.codec.ValueJson;
import io.legion.core.shard.PartitionLook;
import io.legion.operations.PartitionReport;
import io.legion.operations.PartitionReport.OutstandingEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Describes partitions, by the codecs of their type. What these do may be the user's own code, and take long:
/// nothing here holds up the node.
final class PartitionReports {
    /// About how many characters an event has at most, as JSON.
    private static final int LONGEST_EVENT = 4 * 1024;

    private PartitionReports() {}

    static PartitionReport of(PartitionType<?> type, PartitionKey key, int shard, PartitionLook look) {
        Described state = look.state() == null
                ? Described.unknown("the state cannot be told: " + look.problem())
                : described(type, look.state());
        return new PartitionReport(
                type.name(),
                key,
                shard,
                state.exists,
                state.json,
                state.bytes,
                state.shortened,
                state.problem,
                state.tags,
                look.outstanding().stream().map(event -> of(type, event)).toList(),
                look.more(),
                look.cut());
    }

    /// What can be said of a state.
    private record Described(
            boolean exists, String json, int bytes, boolean shortened, String problem, List<Tag> tags) {
        static Described unknown(String problem) {
            return new Described(true, "", 0, false, problem, List.of());
        }
    }

    private static <S> Described described(PartitionType<S> type, Object projected) {
        @SuppressWarnings("unchecked") // the replica has decoded the state by this type's codec
        var state = (S) projected;
        try {
            byte[] bytes = type.stateCodec().encode(state);
            boolean exists = !Arrays.equals(bytes, type.stateCodec().encode(type.initial()));
            var json = ValueJson.of(state, PartitionReport.LONGEST_JSON);
            return new Described(
                    exists, json.text(), bytes.length, json.shortened(), "", exists ? tags(type, state) : List.of());
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            return Described.unknown(
                    "the codec of the type cannot write the state now, though it was read: " + failure);
        }
    }

    /// A partition for whose state the index function throws has no tags.
    private static <S> List<Tag> tags(PartitionType<S> type, S state) {
        try {
            return List.copyOf(type.tags(state));
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            return List.of();
        }
    }

    private static OutstandingEvent of(PartitionType<?> type, PartitionLook.Outstanding outstanding) {
        var event = outstanding.event();
        return new OutstandingEvent(
                event,
                outstanding.request(),
                Instant.ofEpochMilli(event.millis()),
                event.origin().node(),
                payload(type, outstanding));
    }

    private static Optional<String> payload(PartitionType<?> type, PartitionLook.Outstanding outstanding) {
        try {
            var event = type.eventCodecs().events().decode(outstanding.payload().shared());
            return Optional.of(ValueJson.named(event, LONGEST_EVENT).text());
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            return Optional.empty();
        }
    }
}
