package io.legion.admin.api;

import io.legion.admin.document.Documents;
import io.legion.http.ApiReply;
import io.legion.http.HttpException;

/// Documents as replies, bounded.
final class Replies {
    private static final int MOST_BYTES = 8 << 20;

    /// So much of a reply takes about as much work as a small one.
    private static final int BYTES_OF_A_TURN = 128 << 10;

    private Replies() {}

    static ApiReply of(Object document) {
        var body = bounded(Documents.bytes(document));
        return ApiReply.of(200, ApiReply.JSON, body).worth(1 + body.length / BYTES_OF_A_TURN);
    }

    /// @throws HttpException if it is too large
    static byte[] bounded(byte[] body) {
        if (body.length > MOST_BYTES) {
            throw new HttpException(
                    503,
                    "the reply would have " + body.length + " bytes, more than the " + MOST_BYTES
                            + " that a reply may have; ask for less at once, by limit where there is one");
        }
        return body;
    }
}
