package io.legion.discovery.answer;

import io.legion.http.ApiReply;
import io.legion.http.FairShare;
import io.legion.service.AddressBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Optional;

/// Makes replies of lists. A small one is made whole. A large one is written as it comes into being, and
/// takes no more memory than a small one, however long its client reads.
///
/// **Bound.** A number of large replies at once, which the addresses of the clients share; above it the reply is 503.
/// **Threads.** Any.
public final class ListReplies {
    /// A reply that takes more is large, in bytes.
    public static final int SMALL = 1 << 20;

    private static final int LARGE_AT_ONCE = 64;

    private final FairShare places = new FairShare(LARGE_AT_ONCE);

    /// The reply with this body.
    ///
    /// @param client the address that asks
    /// @param memory how much memory the instances take that it lists
    public ApiReply of(InetAddress client, String type, long memory, Rendering body) {
        return memory > SMALL
                ? large(client, type, body)
                : ApiReply.of(200, type, whole(body, Integer.MAX_VALUE).orElseThrow());
    }

    /// The body, if it is small.
    public static Optional<byte[]> small(Rendering body) {
        return whole(body, SMALL);
    }

    /// A reply that is written as it comes into being.
    public ApiReply large(InetAddress client, String type, Rendering body) {
        var address = AddressBlock.of(client);
        if (!places.take(address, 1)) {
            return ApiReply.refusal(
                            503,
                            "as many large lists are being read already as may be; read faster, or try again later")
                    .header("Retry-After", "1");
        }
        return ApiReply.streaming(type, new Place(address, body));
    }

    private static Optional<byte[]> whole(Rendering body, int most) {
        var buffer = new BoundedBuffer(most);
        try {
            body.write(buffer);
        } catch (IOException | RuntimeException failure) {
            return tooLarge(buffer, failure);
        }
        return Optional.of(buffer.bytes());
    }

    private static Optional<byte[]> tooLarge(BoundedBuffer buffer, Exception failure) {
        if (buffer.isFull()) {
            return Optional.empty();
        }
        throw failure instanceof IOException impossible
                ? new UncheckedIOException(impossible)
                : (RuntimeException) failure;
    }

    /// One of the places, given back at the end, even if the reply never began.
    private final class Place implements ApiReply.Stream {
        private final AddressBlock address;
        private final Rendering body;

        Place(AddressBlock address, Rendering body) {
            this.address = address;
            this.body = body;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            try {
                body.write(out);
            } finally {
                places.giveBack(address, 1);
            }
        }

        @Override
        public void abandon() {
            places.giveBack(address, 1);
        }
    }
}
