package io.legion.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A reply: a status, headers, and a body that is there or is written as it comes into being.
public final class ApiReply {
    /// The media type of JSON.
    public static final String JSON = "application/json";

    /// The media type of problem details (RFC 9457).
    public static final String PROBLEM = "application/problem+json";

    /// The media type of XML.
    public static final String XML = "application/xml";

    private static final byte[] NOTHING = {};

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final boolean shared;
    private final @Nullable Stream stream;
    private final @Nullable String refusal;
    private final int turns;

    /// Writes a body as it comes into being, on a thread of its own, until it returns or the client is gone.
    @FunctionalInterface
    public interface Stream {
        /// Writes the body. Bytes reach the client at the latest when the stream is flushed.
        ///
        /// @throws IOException if the client is gone
        void write(OutputStream out) throws IOException;

        /// The server stops: write a last word and return soon, for the server waits no longer than its
        /// `stopTimeout`. Another thread calls this, perhaps before [#write].
        default void cut() {}

        /// The body is never written: gives back whatever was kept for it.
        default void abandon() {}
    }

    private ApiReply(
            int status,
            Map<String, String> headers,
            byte[] body,
            boolean shared,
            @Nullable Stream stream,
            @Nullable String refusal,
            int turns) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.shared = shared;
        this.stream = stream;
        this.refusal = refusal;
        this.turns = turns;
    }

    /// A reply without a body.
    public static ApiReply of(int status) {
        return new ApiReply(status, Map.of(), NOTHING, true, null, null, 1);
    }

    /// A reply with this body, which belongs to the reply.
    public static ApiReply of(int status, String type, byte[] body) {
        return new ApiReply(status, Map.of("Content-Type", type), body, false, null, null, 1);
    }

    /// A reply with a body that is kept for other replies too, and that nobody changes: it takes no memory of
    /// its own.
    public static ApiReply shared(int status, String type, byte[] body) {
        return new ApiReply(status, Map.of("Content-Type", type), body, true, null, null, 1);
    }

    /// A reply whose body is written as it comes into being.
    public static ApiReply streaming(String type, Stream stream) {
        var headers = Map.of("Content-Type", type, "Cache-Control", "no-store");
        return new ApiReply(200, headers, NOTHING, true, stream, null, 1);
    }

    /// A refusal with a message, as JSON.
    public static ApiReply refusal(int status, String message) {
        var body = "{\"status\":" + status + ",\"error\":" + JsonText.quoted(message) + "}";
        return refusal(status, Map.of("Content-Type", JSON), body, message);
    }

    private static ApiReply refusal(int status, Map<String, String> headers, String body, String message) {
        return new ApiReply(status, headers, body.getBytes(StandardCharsets.UTF_8), false, null, message, 1);
    }

    /// A refusal as problem details (RFC 9457), its message as their `detail`; any other reply as it is.
    public ApiReply asProblem() {
        if (refusal == null) {
            return this;
        }
        var changed = new LinkedHashMap<>(headers);
        changed.put("Content-Type", PROBLEM);
        return refusal(status, changed, ProblemDetails.of(status, refusal), refusal);
    }

    /// The same reply with one more header.
    public ApiReply header(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiReply(status, more, body, shared, stream, refusal, turns);
    }

    /// The same reply, which has taken as much work as so many usual ones: the next requests wait so many turns longer.
    ///
    /// @param count of turns, at least 1
    public ApiReply worth(int count) {
        return new ApiReply(status, headers, body, shared, stream, refusal, count);
    }

    /// How many usual replies this one counts as, where a server answers so many a second.
    public int turns() {
        return turns;
    }

    /// The status.
    public int status() {
        return status;
    }

    /// RFC 9110, 8.6: 204 and 304 have neither a body nor its length.
    public boolean mayHaveBody() {
        return status != 204 && status != 304;
    }

    /// The headers.
    public Map<String, String> headers() {
        return headers;
    }

    /// The body, which nobody may change; empty if [#stream] writes it.
    public byte[] body() {
        return body;
    }

    /// How many bytes of memory the body takes that no other reply has.
    public int ownBytes() {
        return shared ? 0 : body.length;
    }

    /// What writes the body; null if the body is there.
    public @Nullable Stream stream() {
        return stream;
    }
}
