package io.legion.admin.document;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/// `/health/live` and `/health/ready`.
///
/// @param reasons why it is down
public record HealthDocument(
        Status status,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> reasons) {
    enum Status {
        UP,
        DOWN
    }

    /// All is well.
    public static HealthDocument up() {
        return new HealthDocument(Status.UP, List.of());
    }

    /// It should get no requests.
    public static HealthDocument down(List<String> reasons) {
        return new HealthDocument(Status.DOWN, reasons);
    }
}
