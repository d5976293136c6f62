package io.legion.discovery.answer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/// Writes a body, as often as it is asked to, and may close the stream at its end.
@FunctionalInterface
public interface Rendering {
    /// Writes the body.
    ///
    /// @throws IOException if the stream cannot be written
    void write(OutputStream out) throws IOException;

    /// The same body, compressed.
    default Rendering gzipped() {
        return out -> {
            try (var gzip = new GZIPOutputStream(out, 8192)) {
                write(gzip);
            }
        };
    }
}
