package io.legion.operations;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import java.util.List;
import java.util.Optional;

/// A page of the index of one partition type.
///
/// @param next from where the next page goes on; empty if nothing follows
public record IndexPage(List<IndexRecord> records, Optional<SearchTag> next) {}
