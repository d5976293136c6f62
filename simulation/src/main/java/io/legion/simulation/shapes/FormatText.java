package io.legion.simulation.shapes;

import io.legion.core.codec.Schema;
import java.util.LinkedHashSet;
import java.util.Set;

/// The description of a codec at one version ([io.legion.core.Codec#describe]), without the types that only later
/// versions use.
final class FormatText {
    private final Schema schema;
    private final Set<String> used = new LinkedHashSet<>();

    private FormatText(Schema schema) {
        this.schema = schema;
    }

    static String of(String description) {
        var format = new FormatText(Schema.of(description));
        format.use(format.schema.root());
        var text = new StringBuilder();
        boolean isUsed = true;
        for (String line : description.lines().toList()) {
            isUsed = line.startsWith("  ") ? isUsed : format.begins(line);
            if (isUsed) {
                text.append(line).append('\n');
            }
        }
        return text.toString();
    }

    /// The types with parts of their own that a format uses.
    static Set<String> typesIn(String description) {
        var format = new FormatText(Schema.of(description));
        format.use(format.schema.root());
        return format.used;
    }

    private void use(String type) {
        if (schema.knows(type)) {
            if (used.add(type) && !schema.definition(type).isEnum()) {
                schema.definition(type).parts().values().forEach(this::use);
            }
        } else if (type.contains("<")) {
            Schema.arguments(type).forEach(this::use);
        }
    }

    private boolean begins(String line) {
        return line.startsWith("values: ")
                || used.stream()
                        .anyMatch(name ->
                                line.startsWith(name + " has the fields") || line.startsWith(name + " is one of the "));
    }
}
