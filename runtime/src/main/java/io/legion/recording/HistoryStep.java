package io.legion.recording;

import static java.util.Objects.requireNonNull;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import java.util.List;
import java.util.Optional;

/// One event of a history, with all that it depends on and all that it led to. Each step stands alone: none needs the
/// one before, so any sample of a history can be rehearsed, and one that differs makes no other one differ.
///
/// @param version of the type, under which the event was applied, and as which the bytes are written
/// @param before the state before
/// @param after the state after it; of a failure the one before
/// @param failed true if `apply` threw
/// @param body the output; of a failure the reason, as UTF-8
/// @param tags those that the index function gives of the state after, in their order; empty if it throws
public record HistoryStep(
        PartitionKey key,
        EventId id,
        int version,
        Bytes event,
        Bytes before,
        Bytes after,
        boolean failed,
        Bytes body,
        Optional<List<Tag>> tags) {
    /// What was read from a file may lack something.
    public HistoryStep {
        requireNonNull(key, "no key");
        requireNonNull(id, "no id");
        requireNonNull(event, "no event");
        requireNonNull(before, "no state before");
        requireNonNull(after, "no state after");
        requireNonNull(body, "no output");
    }

    /// The same with other tags.
    public HistoryStep withTags(Optional<List<Tag>> others) {
        return new HistoryStep(key, id, version, event, before, after, failed, body, others);
    }

    /// About how many bytes it takes.
    public int size() {
        return key.bytes().size()
                + event.size()
                + before.size()
                + after.size()
                + body.size()
                + tags.orElse(List.of()).stream()
                        .mapToInt(tag -> tag.bytes().size())
                        .sum();
    }
}
