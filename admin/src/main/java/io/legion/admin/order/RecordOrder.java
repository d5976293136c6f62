package io.legion.admin.order;

import io.legion.recording.RecordingOrder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The body of `/recordings`. What is missing has the usual value.
public record RecordOrder(
        @Nullable String type,
        @Nullable Integer steps,
        @Nullable Long bytes,
        @Nullable Long millis,
        @Nullable Boolean realData) {
    /// The order.
    ///
    /// @throws IllegalArgumentException if the type is missing, or a bound is out of its range
    public RecordingOrder order() {
        if (type == null) {
            throw new IllegalArgumentException("type must name a partition type");
        }
        var usual = RecordingOrder.of(type);
        return new RecordingOrder(
                type,
                steps == null ? usual.steps() : steps,
                bytes == null ? usual.bytes() : bytes,
                millis == null ? usual.duration() : Duration.ofMillis(millis),
                realData != null && realData);
    }
}
