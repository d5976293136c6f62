package io.legion.command.client;

import io.legion.command.client.AdminException.Kind;
import io.legion.service.Printable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// A part of what a server answered. All its texts come out as [Printable], whatever the server sent: nothing of them
/// steers a terminal. A single value that is missing is unknown; a list that is missing makes the answer useless.
///
/// @param source who answered, for messages
public record ReplyPart(JsonNode node, String source) {

    /// The text of a field; empty if it is missing.
    public String text(String name) {
        return printable(node.path(name));
    }

    /// The whole number of a field.
    public OptionalLong number(String name) {
        var value = node.path(name);
        return value.canConvertToLong() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    /// The number of a field; 0 if it is missing.
    public long count(String name) {
        return number(name).orElse(0);
    }

    /// Whether a field is true.
    public boolean isTrue(String name) {
        return node.path(name).asBoolean(false);
    }

    /// The time of a field.
    public Optional<Instant> time(String name) {
        try {
            return has(name) ? Optional.of(Instant.parse(text(name))) : Optional.empty();
        } catch (DateTimeParseException other) {
            return Optional.empty();
        }
    }

    /// Whether a field is there, and is something.
    public boolean has(String name) {
        return !node.path(name).isMissingNode() && !node.path(name).isNull();
    }

    /// The object of a field.
    public Optional<ReplyPart> part(String name) {
        var part = node.path(name);
        return part.isObject() ? Optional.of(new ReplyPart(part, source)) : Optional.empty();
    }

    /// The objects of a list.
    ///
    /// @throws AdminException if there is no such list
    public List<ReplyPart> parts(String name) {
        return list(name).stream().map(part -> new ReplyPart(part, source)).toList();
    }

    /// The texts of a list.
    ///
    /// @throws AdminException if there is no such list
    public List<String> texts(String name) {
        return list(name).stream().map(ReplyPart::printable).toList();
    }

    /// The numbers of an object's fields, in their order.
    public Map<String, Long> counts(String name) {
        var counts = new LinkedHashMap<String, Long>();
        node.path(name).properties().forEach(field -> {
            if (field.getValue().canConvertToLong()) {
                counts.put(Printable.line(field.getKey()), field.getValue().asLong());
            }
        });
        return counts;
    }

    /// A field as JSON, over several lines.
    public String json(String name) {
        return Printable.text(node.path(name).toPrettyString().replace("\r", ""));
    }

    private List<JsonNode> list(String name) {
        var list = node.path(name);
        if (!list.isArray()) {
            throw new AdminException(
                    Kind.FAILED,
                    "The answer of " + source + " lacks the list \"" + name + "\".",
                    "An admin service of this release has it: is it another program, or another release?");
        }
        return list.valueStream().toList();
    }

    private static String printable(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return Printable.line(value.isString() ? value.asString() : value.toString());
    }
}
