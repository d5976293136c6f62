package io.legion.founding;

import io.legion.core.codec.JsonNumber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// JSON as a tree of maps, lists, texts, [JsonNumber]s, booleans and null. A name comes once in an object.
final class JsonTree {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonTree() {}

    /// The one value that these bytes are.
    ///
    /// @throws FoundingDataException if they are no JSON, or more than one value
    static @Nullable Object of(byte[] bytes, int from, int to) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() == null) {
                throw new FoundingDataException("The line is empty.");
            }
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new FoundingDataException("Something follows the JSON value on the line.");
            }
            return value;
        } catch (JacksonException malformed) {
            throw new FoundingDataException("This is no JSON: " + reason(malformed) + ".", malformed);
        }
    }

    private static String reason(JacksonException malformed) {
        var place = malformed.getLocation();
        var text = String.valueOf(malformed.getOriginalMessage())
                .lines()
                .findFirst()
                .orElse("malformed");
        return text + (place == null ? "" : ", at column " + place.getColumnNr());
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getString());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new FoundingDataException("This is no JSON value: " + parser.currentToken() + ".");
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        var items = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return Collections.unmodifiableList(items);
    }
}
