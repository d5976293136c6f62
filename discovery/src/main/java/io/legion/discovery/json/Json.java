package io.legion.discovery.json;

import io.legion.http.HttpException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes JSON trees.
public final class Json {
    /// The shared mapper; immutable.
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /// A new object.
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /// Reads an object.
    ///
    /// @throws HttpException 400 if the body is none
    public static ObjectNode readObject(byte[] body) {
        return readObject(MAPPER, body);
    }

    /// Reads an object as this mapper reads it.
    ///
    /// @throws HttpException 400 if the body is none
    public static ObjectNode readObject(JsonMapper mapper, byte[] body) {
        JsonNode node;
        try {
            node = mapper.readTree(body);
        } catch (JacksonException malformed) {
            throw HttpException.badRequest("the body is not JSON: " + where(malformed));
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw HttpException.badRequest("the body must be a JSON object");
    }

    private static String where(JacksonException malformed) {
        var place = malformed.getLocation();
        var at = place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
        var text = String.valueOf(malformed.getOriginalMessage());
        return text.lines().findFirst().orElse("") + at;
    }
}
