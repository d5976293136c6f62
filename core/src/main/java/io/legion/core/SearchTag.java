package io.legion.core;

import java.util.Optional;

/// Where a search starts: it yields the index records *strictly greater* than this position.
///
/// Without a key the position lies before every record of the tag, so a search from a tag begins with that
/// tag's records; with a key it lies exactly at that record, so a search goes on after it.
public record SearchTag(Tag tag, Optional<PartitionKey> key) {
    /// Before the first record of all.
    public static final SearchTag START = from(new Tag(Bytes.EMPTY));

    /// Before the first record of this tag.
    public static SearchTag from(Tag tag) {
        return new SearchTag(tag, Optional.empty());
    }

    /// Just after this record: where a search continues that has seen `last`.
    public static SearchTag after(IndexRecord last) {
        return new SearchTag(last.tag(), Optional.of(last.key()));
    }

    /// True if the record is strictly greater than this position, that is, if a search from here yields it.
    public boolean isBefore(IndexRecord record) {
        int byTag = tag.compareTo(record.tag());
        return byTag != 0
                ? byTag < 0
                : key.map(k -> k.compareTo(record.key()) < 0).orElse(true);
    }
}
