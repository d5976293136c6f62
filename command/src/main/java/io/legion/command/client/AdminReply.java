package io.legion.command.client;

import io.legion.command.client.AdminException.Kind;
import io.legion.service.Printable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// One document of JSON that an admin service answered.
///
/// @param server who answered
/// @param root the document
/// @param json its text as the server wrote it. What would steer a terminal stands in it as JSON's own escapes, which
///     changes no value
public record AdminReply(URI server, ReplyPart root, String json) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// @throws AdminException if the body is no document of JSON
    static AdminReply of(URI server, byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            var root = MAPPER.readTree(text);
            if (!root.isObject()) {
                throw unreadable(server, "it is no object");
            }
            return new AdminReply(
                    server,
                    new ReplyPart(root, server.toString()),
                    Printable.text(text.strip().replace("\r", "")));
        } catch (CharacterCodingException notText) {
            throw unreadable(server, "it is no UTF-8");
        } catch (JacksonException notJson) {
            var place = notJson.getLocation();
            throw unreadable(
                    server,
                    place == null ? "it ends too early" : "it is no JSON from line " + place.getLineNr() + " on");
        }
    }

    private static AdminException unreadable(URI server, String why) {
        return new AdminException(
                Kind.FAILED,
                "The answer of " + server + " cannot be read: " + why + ".",
                "Is that the address of an admin service (the demo's are http://127.0.0.1:9761 and the next), of this"
                        + " release?");
    }
}
