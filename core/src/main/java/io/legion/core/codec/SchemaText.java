package io.legion.core.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The types that a codec writes, as text for people and for a test that compares it with a kept one.
///
/// Everything is in alphabetical order, because an order in the program means nothing to the bytes.
final class SchemaText {
    private final Map<String, String> definitions = new TreeMap<>();

    EnumShape add(EnumShape shape) {
        define(shape.name() + " is one of the constants", shape.writtenNames());
        return shape;
    }

    RecordShape add(RecordShape shape) {
        define(
                shape.name() + " has the fields",
                shape.fields().stream()
                        .filter(Field::isWritten)
                        .map(field -> field.wireName() + ": " + field.typeName())
                        .toList());
        return shape;
    }

    SealedShape add(SealedShape shape) {
        define(
                shape.name() + " is one of the records",
                shape.shapes().stream()
                        .filter(SealedShape.Alternative::isWritten)
                        .map(each -> each.wireName().equals(each.shape().name())
                                ? each.wireName()
                                : each.wireName() + ": " + each.shape().name())
                        .toList());
        return shape;
    }

    /// Two types of the same simple name both get their place.
    private void define(String title, List<String> lines) {
        List<String> sorted = new ArrayList<>(lines);
        sorted.sort(null);
        StringBuilder text = new StringBuilder();
        sorted.forEach(line -> text.append("  ").append(line).append('\n'));
        definitions.merge(
                title, text.toString(), (first, second) -> first + "  -- and another type of this name\n" + second);
    }

    String of(Shape root) {
        StringBuilder text = new StringBuilder("values: " + root.name() + "\n");
        definitions.forEach((title, lines) -> text.append(title).append('\n').append(lines));
        return text.toString();
    }
}
