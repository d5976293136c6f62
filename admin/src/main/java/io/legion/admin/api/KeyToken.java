package io.legion.admin.api;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.http.HttpException;
import io.legion.operations.KeyPage;
import java.util.Base64;
import java.util.Optional;

/// From where a list of keys goes on: at which node, and where there.
record KeyToken(NodeId node, KeyPage.Bookmark bookmark) {
    private static final String PARTS = "\\.";

    String text() {
        var key = bookmark.after().map(after -> after.bytes().shared()).orElse(new byte[0]);
        return node + "." + bookmark.shard() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }

    /// @throws HttpException 400 if [#text] did not make it
    static KeyToken parse(String text) {
        try {
            var parts = text.split(PARTS, -1);
            if (parts.length == 3 && Integer.parseInt(parts[1]) >= 0) {
                var key = Bytes.wrap(Base64.getUrlDecoder().decode(parts[2]));
                var after = key.size() == 0 ? Optional.<PartitionKey>empty() : Optional.of(new PartitionKey(key));
                return new KeyToken(NodeId.parse(parts[0]), new KeyPage.Bookmark(Integer.parseInt(parts[1]), after));
            }
        } catch (IllegalArgumentException malformed) {
            // Refused below.
        }
        throw HttpException.badRequest("the parameter after must be the \"next\" of a page before, not " + text);
    }
}
