package io.legion.admin.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// `/health/live` and `/health/ready`.
///
/// @param reasons why it is down; for strangers none
public record HealthDocument(
        Status status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reasons) {
    /// Whether all is well.
    public enum Status {
        UP,
        DOWN;

        /// Of something that has these reasons to be down.
        static Status by(List<String> reasons) {
            return reasons.isEmpty() ? UP : DOWN;
        }
    }

    /// Of something that has these reasons to be down, which are shown or not.
    public static HealthDocument of(List<String> reasons, boolean shown) {
        return new HealthDocument(Status.by(reasons), shown ? reasons : List.of());
    }
}
