package io.legion.runtime.frame;

import io.legion.core.IndexRecord;
import java.util.List;

/// Some records of an index in its order; none only if there are no more.
///
/// @param end true if there are no more behind them
public record Page(List<IndexRecord> records, boolean end) {}
