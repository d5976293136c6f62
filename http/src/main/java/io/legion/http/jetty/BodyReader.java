package io.legion.http.jetty;

import io.legion.http.FairShare;
import io.legion.http.HttpException;
import io.legion.service.AddressBlock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/// Reads the bodies of requests, each within its bound and all together within another, which the addresses of
/// the clients share: memory is taken as the bytes come, and not as a head announces.
///
/// **Threads.** Any.
final class BodyReader {
    private static final byte[] NOTHING = {};
    private static final int PIECE = 8 * 1024;

    private final JettyHttpServer.Config config;
    private final FairShare bytes;

    BodyReader(JettyHttpServer.Config config) {
        this.config = config;
        this.bytes = new FairShare(config.maximumBodies().bytes());
    }

    /// How many bytes the bodies take now.
    long taken() {
        return bytes.total();
    }

    /// A body, and the room that it takes until it is closed.
    final class Body implements AutoCloseable {
        private final AddressBlock address;
        private byte[] content = NOTHING;
        private int taken;

        private Body(AddressBlock address) {
            this.address = address;
        }

        byte[] content() {
            return content;
        }

        private void read(Request from, ClientConnection client) throws IOException {
            var in = Content.Source.asInputStream(from); // not closed: that would fail what of the body is left
            var out = new ByteArrayOutputStream();
            var piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                take(n);
                client.moved(n);
                out.write(piece, 0, n);
            }
            content = out.toByteArray();
        }

        private void take(int count) {
            if (taken + count > config.maximumBody().bytes()) {
                throw tooLarge();
            }
            if (!bytes.take(address, count)) {
                throw new HttpException(
                        503,
                        "the bodies that come in take as much as they may of " + config.maximumBodies()
                                + "; try again later");
            }
            taken += count;
        }

        @Override
        public void close() {
            bytes.giveBack(address, taken);
            taken = 0;
        }
    }

    /// The whole body.
    ///
    /// @throws HttpException if it is too large, or there are too many
    /// @throws IOException if the client is gone, or what it sends is no body
    Body read(Request from, ClientConnection client) throws IOException {
        var body = new Body(client.address());
        if (from.getLength() > config.maximumBody().bytes()) {
            throw tooLarge();
        }
        if (from.getLength() > 0 || from.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            client.enter(ClientConnection.Phase.BODY);
            boolean whole = false;
            try {
                body.read(from, client);
                whole = true;
            } finally {
                if (!whole) {
                    body.close();
                }
            }
        }
        return body;
    }

    private HttpException tooLarge() {
        return new HttpException(413, "the body is larger than the " + config.maximumBody() + " allowed");
    }
}
