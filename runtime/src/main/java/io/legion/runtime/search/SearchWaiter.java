package io.legion.runtime.search;

import io.legion.core.IndexRecord;
import io.legion.runtime.lane.NoAnswer;
import java.util.List;

/// Waits for a page of the index of the whole cluster. It must not block, throw, or call back.
public interface SearchWaiter {
    /// The page. It can be shorter than asked for.
    ///
    /// @param end true if no records come after these; else the search goes on after the last one
    void yielded(List<IndexRecord> records, boolean end);

    /// There will be no page.
    void failed(NoAnswer none);

    /// The time from which on a page comes too late.
    long deadlineMillis();
}
