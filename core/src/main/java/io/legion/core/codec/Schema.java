package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The description of a derived codec ([io.legion.core.Codec#describe]), read.
///
/// @param root the name of the type of the values; empty if the text describes nothing
public record Schema(String root, Map<String, Definition> definitions) {
    private static final List<String> KINDS =
            List.of(" has the fields", " is one of the records", " is one of the constants");
    private static final String ROOT = "values: ";
    private static final String OPTIONAL = "optional<";

    /// One type: a record with its components, a sealed interface with its alternatives, an enum.
    ///
    /// @param parts the type of each part by its name on the wire
    /// @param declared the same, and whether a component may be null (`?`) or empty (`optional<...>`); where
    ///     several types have this name, the types of all their parts
    /// @param ambiguous true if several types have this name, so that the text does not tell which is meant
    public record Definition(String kind, Map<String, String> parts, Map<String, String> declared, boolean ambiguous) {
        public boolean isRecord() {
            return kind.equals(KINDS.getFirst());
        }

        public boolean isSealed() {
            return kind.equals(KINDS.get(1));
        }

        public boolean isEnum() {
            return kind.equals(KINDS.get(2));
        }
    }

    /// Reads a description. What is none has no root.
    public static Schema of(String text) {
        var definitions = new TreeMap<String, Definition>();
        String root = "";
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith(ROOT)) {
                root = line.substring(ROOT.length());
            }
            for (String kind : KINDS) {
                if (line.endsWith(kind) && !line.startsWith(" ")) {
                    String name = line.substring(0, line.length() - kind.length());
                    definitions.put(name, definition(kind, lines.subList(i + 1, lines.size())));
                }
            }
        }
        return new Schema(root, definitions);
    }

    private static Definition definition(String kind, List<String> rest) {
        var parts = new TreeMap<String, String>();
        var declared = new TreeMap<String, String>();
        boolean ambiguous = false;
        for (String line :
                rest.stream().takeWhile(next -> next.startsWith("  ")).toList()) {
            ambiguous |= line.startsWith("  -- ");
            int colon = line.indexOf(": ");
            String name = colon < 0 ? line.strip() : line.substring(2, colon);
            String type = colon < 0 ? name : line.substring(colon + 2);
            parts.put(name, bare(type));
            declared.merge(name, type, Schema::both);
        }
        return new Definition(kind, parts, declared, ambiguous);
    }

    /// In an order of its own: which of two types of one name comes first means nothing.
    private static String both(String one, String other) {
        return one.compareTo(other) < 0 ? one + " or " + other : other + " or " + one;
    }

    /// The type of a component that may be null or missing is the type of what is there.
    private static String bare(String type) {
        if (type.startsWith(OPTIONAL)) {
            return type.substring(OPTIONAL.length(), type.length() - 1);
        }
        return type.endsWith("?") ? type.substring(0, type.length() - 1) : type;
    }

    /// Whether this type has parts of its own.
    public boolean knows(String name) {
        return definitions.containsKey(name);
    }

    /// What a type consists of that has parts of its own.
    ///
    /// @throws CodecException if there is no such type
    public Definition definition(String name) {
        @Nullable Definition found = definitions.get(name);
        if (found == null) {
            throw new CodecException("the format does not say what a " + name + " is");
        }
        return found;
    }

    /// Whether its values are records.
    boolean isBody(String type) {
        return knows(type) && !definition(type).isEnum();
    }

    /// The key of a component in the bytes.
    int key(Map.Entry<String, String> component) {
        return WireType.key(component.getKey(), wireType(component.getValue()));
    }

    private int wireType(String type) {
        if (knows(type)) {
            return definition(type).isEnum() ? WireType.FIXED32 : WireType.BLOCK;
        }
        return type.contains("<") ? WireType.BLOCK : scalar(type).wireType();
    }

    /// @throws CodecException if there is no scalar of this name
    static Scalar scalar(String type) {
        Scalar found = Scalars.named(type);
        if (found == null) {
            throw new CodecException("the format does not say what a " + type + " is");
        }
        return found;
    }

    /// The arguments of `list<...>`, `set<...>` or `map<..., ...>`.
    public static List<String> arguments(String generic) {
        String inside = generic.substring(generic.indexOf('<') + 1, generic.lastIndexOf('>'));
        int depth = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return List.of(
                        inside.substring(0, i).strip(), inside.substring(i + 1).strip());
            }
        }
        return List.of(inside);
    }
}
