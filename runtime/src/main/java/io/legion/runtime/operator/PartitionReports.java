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

    /// @throws IllegalStateException if the codec cannot write the state
    @SuppressWarnings("unchecked") // the replica has decoded the state by this type's codec
    static <S> PartitionReport of(PartitionType<S> type, PartitionKey key, int shard, PartitionLook look) {
        var state = (S) look.state();
        byte[] bytes = written(type, key, state);
        boolean exists = !Arrays.equals(bytes, written(type, key, type.initial()));
        var json = ValueJson.of(state, PartitionReport.LONGEST_JSON);
        return new PartitionReport(
                type.name(),
                key,
                shard,
                exists,
                json.text(),
                bytes.length,
                json.shortened(),
                exists ? tags(type, state) : List.of(),
                look.outstanding().stream().map(event -> of(type, event)).toList(),
                look.more());
    }

    private static <S> byte[] written(PartitionType<S> type, PartitionKey key, S state) {
        try {
            return type.stateCodec().encode(state);
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            throw new IllegalStateException(
                    "The state of the partition " + key + " of type '" + type.name()
                            + "' cannot be written by its codec" + " now, though it was read: " + failure
                            + ". Nothing was changed. Look at the codec.",
                    failure);
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
