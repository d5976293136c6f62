package io.legion.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// Reads the text of a YAML document into [YamlNode]s. It refuses anchors and aliases: a configuration has no
/// use for them, and a small document of them can unfold into an endless one.
final class YamlDocument {

    private final String name;
    private final JsonParser parser;

    private YamlDocument(String name, JsonParser parser) {
        this.name = name;
        this.parser = parser;
    }

    /// The one document in `text`, which must be a mapping; an empty text is an empty one.
    ///
    /// @param name what messages call the document
    static YamlNode.Mapping parse(String name, String text) {
        try (var parser = new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
            return new YamlDocument(name, parser).document();
        } catch (JacksonException malformed) {
            var location = malformed.getLocation();
            int line = location == null ? 1 : Math.max(1, location.getLineNr());
            throw new ConfigurationException(
                    name + ":" + line + ": this is not YAML: " + firstLine(malformed.getOriginalMessage()), malformed);
        }
    }

    private YamlNode.Mapping document() {
        var token = parser.nextToken();
        if (token == null) {
            return new YamlNode.Mapping(1, new LinkedHashMap<>(), new LinkedHashMap<>());
        }
        var node = node(token);
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw refuse("a configuration must be keys with values (key: value), but this is " + node.describe());
        }
        if (parser.nextToken() != null) {
            throw refuse("a second document starts here, but a configuration is a single one");
        }
        return mapping;
    }

    private YamlNode node(@Nullable JsonToken token) {
        if (parser instanceof YAMLParser yaml && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
            throw refuse("anchors and aliases (& and *) are not supported; put the text in quotes if it is one");
        }
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            case VALUE_NULL -> new YamlNode.Scalar(line(), "", true);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_EMBEDDED_OBJECT ->
                new YamlNode.Scalar(line(), parser.getString(), false);
            case null, default -> throw refuse("the document ends too early");
        };
    }

    private YamlNode.Mapping mapping() {
        int line = line();
        var values = new LinkedHashMap<String, YamlNode>();
        var lines = new LinkedHashMap<String, Integer>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var key = parser.currentName();
            var earlier = lines.putIfAbsent(key, line());
            if (earlier != null) {
                throw refuse("the key \"" + key + "\" is already on line " + earlier);
            }
            values.put(key, node(parser.nextToken()));
        }
        return new YamlNode.Mapping(line, values, lines);
    }

    private YamlNode.Sequence sequence() {
        int line = line();
        var values = new ArrayList<YamlNode>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(node(token));
        }
        return new YamlNode.Sequence(line, values);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private ConfigurationException refuse(String what) {
        return new ConfigurationException(name + ":" + line() + ": " + what + ".");
    }

    private static String firstLine(@Nullable String message) {
        return message == null
                ? "it cannot be read"
                : message.lines().findFirst().orElse("");
    }
}
