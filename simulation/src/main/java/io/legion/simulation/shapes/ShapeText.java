package io.legion.simulation.shapes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A kept shape as the text of its file: lines `name: value`, then sections under a line `[name]`.
final class ShapeText {
    private static final String STATE = "[state]";
    private static final String EVENTS = "[events]";
    private static final String OUTPUT = "[output of ";
    private static final String DEFAULTS = "[what a record is of which the bytes say nothing]";
    private static final String SAMPLES = "[what samples of events make of samples of the state]";
    private static final String OWN_CODEC = "a codec of the program's own";

    private ShapeText() {}

    static String write(KeptShape shape) {
        var text =
                new StringBuilder("# What all releases with version " + shape.version() + " of a partition type have in"
                        + " common. The build compares the classes with it\n# (docs/upgrades.md of Legion). Commit this file with the"
                        + " sources; do not edit it once such a release runs.\n");
        text.append("type: ").append(TypeFileName.encode(shape.type())).append('\n');
        text.append("version: ").append(shape.version()).append('\n');
        text.append("minimum: ").append(shape.minimum()).append('\n');
        text.append("indexed: ").append(shape.indexed()).append('\n');
        text.append("initial: ").append(shape.initial()).append('\n');
        section(text, STATE, shape.state());
        section(text, EVENTS, shape.events());
        shape.outputs().forEach((event, format) -> section(text, OUTPUT + event + "]", format));
        section(text, DEFAULTS, shape.defaults());
        section(text, SAMPLES, shape.samples());
        return text.toString();
    }

    private static void section(StringBuilder text, String title, SortedMap<String, String> values) {
        text.append('\n').append(title).append('\n');
        values.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
    }

    private static void section(StringBuilder text, String title, String format) {
        text.append('\n').append(title).append('\n').append(format.isEmpty() ? OWN_CODEC + "\n" : format);
    }

    /// @throws IllegalArgumentException if the text is none; the message says why
    static KeptShape read(String text) {
        var head = new LinkedHashMap<String, String>();
        var sections = new LinkedHashMap<String, StringBuilder>();
        StringBuilder section = null;
        for (String line : text.lines().filter(ShapeText::counts).toList()) {
            if (line.startsWith("[")) {
                section = new StringBuilder();
                if (sections.put(line, section) != null) {
                    throw new IllegalArgumentException("the section " + line + " is there twice");
                }
            } else if (section == null) {
                putOnce(head, line);
            } else {
                section.append(line).append('\n');
            }
        }
        return shape(head, sections);
    }

    private static boolean counts(String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private static void putOnce(Map<String, String> into, String line) {
        int colon = line.indexOf(": ");
        if (colon < 0 || into.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
            throw new IllegalArgumentException("the line \"" + line + "\" means nothing there");
        }
    }

    private static KeptShape shape(Map<String, String> head, Map<String, StringBuilder> sections) {
        var shape = new KeptShape(
                TypeFileName.decode(need(head.remove("type"), "type")),
                number(need(head.remove("version"), "version")),
                number(need(head.remove("minimum"), "minimum")),
                need(head.remove("indexed"), "indexed").equals("true"),
                need(head.remove("initial"), "initial"),
                format(sections.remove(STATE), STATE),
                format(sections.remove(EVENTS), EVENTS),
                outputs(sections),
                values(sections.remove(DEFAULTS), DEFAULTS),
                values(sections.remove(SAMPLES), SAMPLES));
        requireEmpty(head.keySet().stream().toList());
        requireEmpty(sections.keySet().stream()
                .filter(title -> !title.startsWith(OUTPUT))
                .toList());
        return shape;
    }

    private static void requireEmpty(List<String> unknown) {
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("it has parts that this version of Legion does not know: " + unknown);
        }
    }

    private static String need(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("there is no line \"" + name + ": ...\"");
        }
        return value;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("\"" + text + "\" is not a number", none);
        }
    }

    private static String format(@Nullable StringBuilder section, String title) {
        if (section == null || section.isEmpty()) {
            throw new IllegalArgumentException("nothing is in the section " + title);
        }
        String text = section.toString();
        return text.equals(OWN_CODEC + "\n") ? "" : text;
    }

    private static SortedMap<String, String> outputs(Map<String, StringBuilder> sections) {
        var outputs = new TreeMap<String, String>();
        sections.forEach((title, lines) -> {
            if (title.startsWith(OUTPUT)) {
                outputs.put(title.substring(OUTPUT.length(), title.length() - 1), format(lines, title));
            }
        });
        return outputs;
    }

    private static SortedMap<String, String> values(@Nullable StringBuilder section, String title) {
        if (section == null) {
            throw new IllegalArgumentException("there is no section " + title);
        }
        var values = new TreeMap<String, String>();
        section.toString().lines().forEach(line -> putOnce(values, line));
        return values;
    }
}
