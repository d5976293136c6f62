package io.legion.admin.document;

import io.legion.operations.ByteText;
import io.legion.operations.IndexPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/index`.
public record IndexDocument(
        List<IndexEntry> records, @Nullable Position next) {
    record IndexEntry(String tag, String key) {}

    record Position(String after, @Nullable String afterKey) {}

    /// A page.
    public static IndexDocument of(IndexPage page) {
        return new IndexDocument(
                page.records().stream()
                        .map(record -> new IndexEntry(
                                ByteText.of(record.tag().bytes()),
                                ByteText.of(record.key().bytes())))
                        .toList(),
                page.next()
                        .map(next -> new Position(
                                ByteText.of(next.tag().bytes()),
                                next.key().map(key -> ByteText.of(key.bytes())).orElse(null)))
                        .orElse(null));
    }
}
