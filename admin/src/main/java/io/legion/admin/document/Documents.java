package io.legion.admin.document;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/// JSON as text, and back.
public final class Documents {
    /// Strict: a field that an order does not know is a mistake of who gave it.
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Documents() {}

    /// A document in UTF-8.
    public static byte[] bytes(Object document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /// The order in a body.
    ///
    /// @throws IllegalArgumentException if it is none
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            var order = MAPPER.readValue(body, type);
            if (order == null) {
                throw new IllegalArgumentException("the body must be a JSON object, not null");
            }
            return order;
        } catch (JacksonException malformed) {
            throw new IllegalArgumentException(
                    "the body is not what it should be: "
                            + String.valueOf(malformed.getOriginalMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(""),
                    malformed);
        }
    }

    /// JSON that is within a document; what is none is a text.
    static JsonNode parsed(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException malformed) {
            return StringNode.valueOf(json);
        }
    }
}
