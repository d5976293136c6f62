package io.legion.http.jetty;

import io.legion.http.ApiReply;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams that are being written, which hear of it when the server stops.
///
/// **Threads.** Any.
final class OpenStreams {
    private final Set<ApiReply.Stream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    /// Writes a stream until it ends. One that fails has no end: its client sees that something is missing.
    void write(ApiReply.Stream stream, OutputStream out) throws IOException {
        open.add(stream);
        try {
            if (cut) {
                stream.cut();
            }
            stream.write(out);
            out.close();
        } catch (UncheckedIOException gone) {
            throw new IOException(gone);
        } finally {
            open.remove(stream);
        }
    }

    /// Cuts all streams, those that are yet to begin too.
    void cut() {
        cut = true;
        open.forEach(ApiReply.Stream::cut);
    }
}
