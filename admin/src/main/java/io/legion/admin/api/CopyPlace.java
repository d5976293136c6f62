package io.legion.admin.api;

import io.legion.core.NodeId;
import io.legion.http.HttpException;
import java.util.Comparator;

/// Where something stands aside: in a list of such places a page ends after one of them.
///
/// @param shard its number, or [#WHOLE_NODE]
record CopyPlace(NodeId node, int shard) implements Comparable<CopyPlace> {
    /// In place of a shard's number: of no single one.
    static final int WHOLE_NODE = -1;

    private static final Comparator<CopyPlace> ORDER =
            Comparator.comparing(CopyPlace::node).thenComparingInt(CopyPlace::shard);

    String text() {
        return node + "." + shard;
    }

    /// @throws HttpException 400 if [#text] did not make it
    static CopyPlace parse(String text) {
        try {
            int point = text.indexOf('.');
            if (point > 0) {
                return new CopyPlace(
                        NodeId.parse(text.substring(0, point)), Integer.parseInt(text.substring(point + 1)));
            }
        } catch (IllegalArgumentException malformed) {
            // Refused below.
        }
        throw HttpException.badRequest("the parameter after must be the \"next\" of a page before, not " + text);
    }

    @Override
    public int compareTo(CopyPlace other) {
        return ORDER.compare(this, other);
    }
}
