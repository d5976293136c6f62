package io.legion.http.jetty;

import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Routes with a reply of 50 MB that is large on the wire too, compressed or not as the client asks.
final class LargeReplies {
    private static final int PIECE = 50_000;

    static final Route WHOLE = new Route(
            "GET",
            "/large",
            request -> compressed(request)
                    ? ApiReply.shared(200, "application/octet-stream", Bodies.COMPRESSED)
                            .header("Content-Encoding", "gzip")
                    : ApiReply.shared(200, "application/octet-stream", Bodies.PLAIN));

    static final Route STREAM = new Route(
            "GET",
            "/stream",
            request -> compressed(request)
                    ? stream(Bodies.COMPRESSED).header("Content-Encoding", "gzip")
                    : stream(Bodies.PLAIN));

    private LargeReplies() {}

    /// Made when somebody asks.
    private static final class Bodies {
        static final byte[] PLAIN = plain();
        static final byte[] COMPRESSED = compressed(PLAIN);
    }

    /// What all of them say, uncompressed.
    static byte[] body() {
        return Bodies.PLAIN;
    }

    private static byte[] plain() {
        var bytes = new byte[50_000_000];
        new Random(14).nextBytes(bytes);
        return bytes;
    }

    private static byte[] compressed(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length + PIECE);
        try (var gzip = new QuickGzip(out)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toByteArray();
    }

    private static final class QuickGzip extends GZIPOutputStream {
        QuickGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static boolean compressed(ApiRequest request) {
        return request.header("Accept-Encoding").orElse("").contains("gzip");
    }

    private static ApiReply stream(byte[] bytes) {
        return ApiReply.streaming("application/octet-stream", out -> {
            for (int from = 0; from < bytes.length; from += PIECE) {
                out.write(bytes, from, Math.min(PIECE, bytes.length - from));
                out.flush();
            }
        });
    }
}
