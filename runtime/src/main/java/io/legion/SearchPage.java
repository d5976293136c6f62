package io.legion;

import io.legion.core.IndexRecord;
import java.util.List;
import java.util.Optional;

/// One page of what a search found.
///
/// @param records at most [Search#limit()], in order. A page may be shorter although more follow
/// @param next the token with which [Search#after] goes on; empty if nothing follows
public record SearchPage(List<IndexRecord> records, Optional<String> next) {
    /// @param records are copied
    public SearchPage {
        records = List.copyOf(records);
    }
}
