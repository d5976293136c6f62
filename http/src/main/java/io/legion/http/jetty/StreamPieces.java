package io.legion.http.jetty;

import io.legion.http.jetty.ClientConnection.Phase;
import java.io.IOException;
import java.io.OutputStream;

/// The body of a stream, in pieces. The client must take each of them in the time for a reply; between two of them
/// the stream takes as long as it likes.
final class StreamPieces extends OutputStream {
    private final OutputStream out;
    private final ClientConnection client;

    StreamPieces(OutputStream out, ClientConnection client) {
        this.out = out;
        this.client = client;
    }

    private interface Step {
        void run() throws IOException;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += Exchange.PIECE) {
            int from = offset + done;
            int piece = Math.min(Exchange.PIECE, length - done);
            timed(() -> out.write(bytes, from, piece));
        }
    }

    @Override
    public void flush() throws IOException {
        timed(out::flush);
    }

    @Override
    public void close() throws IOException {
        timed(out::close);
    }

    private void timed(Step step) throws IOException {
        client.enter(Phase.REPLY);
        try {
            step.run();
        } finally {
            client.enter(Phase.STREAM);
        }
    }
}
