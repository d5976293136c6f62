package io.legion.admin.document;

import io.legion.operations.Extract;

/// An extract that is open.
public record ExtractDocument(long extract, String node, int shard, long position, String historyHash) {
    public static ExtractDocument of(Extract extract) {
        return new ExtractDocument(
                extract.number(),
                extract.node().toString(),
                extract.shard(),
                extract.position(),
                Long.toHexString(extract.historyHash()));
    }
}
