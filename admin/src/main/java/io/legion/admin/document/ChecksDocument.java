package io.legion.admin.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.legion.admin.document.HealthDocument.Status;
import java.util.List;

/// `/health`.
///
/// @param checks for strangers none
public record ChecksDocument(
        Status status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OneCheck> checks) {
    /// What was looked at.
    ///
    /// @param check its name
    public record OneCheck(
            String check,
            Status status,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reasons) {
        /// With what speaks against the node.
        public static OneCheck of(String name, List<String> reasons) {
            return new OneCheck(name, Status.by(reasons), reasons);
        }
    }

    /// All checks, which are shown or not.
    public static ChecksDocument of(List<OneCheck> checks, boolean shown) {
        boolean up = checks.stream().allMatch(check -> check.status == Status.UP);
        return new ChecksDocument(up ? Status.UP : Status.DOWN, shown ? checks : List.of());
    }
}
