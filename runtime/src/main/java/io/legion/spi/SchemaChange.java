package io.legion.spi;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Compares two descriptions of derived codecs ([io.legion.core.Codec#describe]): whether one can be an earlier
/// or later version of the other, by the rules of docs/codec.md. What comes and goes is allowed: components,
/// alternatives, constants. What has the same name on the wire must have a type that can be read on both sides.
final class SchemaChange {
    private static final List<String> KINDS =
            List.of(" has the fields", " is one of the records", " is one of the constants");
    private static final Set<String> INTEGERS = Set.of("int8", "int16", "char", "int32", "int64");
    private static final String ROOT = "values: ";

    private final Description ours;
    private final Description theirs;

    /// The pairs of names that are compared already, or are being.
    private final Set<List<String>> compared = new HashSet<>();

    private SchemaChange(Description ours, Description theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /// What no change of a release explains; empty if there is nothing.
    static Optional<String> conflict(String ours, String theirs) {
        if (ours.equals(theirs)) {
            return Optional.empty();
        }
        var here = Description.of(ours);
        var there = Description.of(theirs);
        return Optional.ofNullable(new SchemaChange(here, there).compare(here.root, there.root, here.root, false));
    }

    /// @param element true inside a collection, where a value has no name of its own and its type must stay
    private @Nullable String compare(String here, String there, String path, boolean element) {
        if (here.equals(there) && !ours.knows(here) && !here.contains("<")) {
            return null;
        }
        if (!element && INTEGERS.contains(here) && INTEGERS.contains(there)) {
            return null;
        }
        String conflict = path + " is " + there + " there and " + here + " here";
        if (ours.knows(here) && theirs.knows(there)) {
            return compareNamed(here, there, path, conflict);
        }
        int open = here.indexOf('<');
        if (open < 0 || !there.startsWith(here.substring(0, open + 1))) {
            return conflict;
        }
        return compareArguments(arguments(here), arguments(there), path, conflict);
    }

    private @Nullable String compareArguments(List<String> here, List<String> there, String path, String conflict) {
        if (here.size() != there.size()) {
            return conflict;
        }
        for (int i = 0; i < here.size(); i++) {
            String found = compare(here.get(i), there.get(i), path, true);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable String compareNamed(String here, String there, String path, String conflict) {
        var mine = ours.definition(here);
        var other = theirs.definition(there);
        if (!mine.kind.equals(other.kind)) {
            return conflict;
        }
        if (!compared.add(List.of(here, there)) || mine.isEnum() || mine.ambiguous || other.ambiguous) {
            return null;
        }
        for (var part : mine.parts.entrySet()) {
            String theirPart = other.parts.get(part.getKey());
            if (theirPart != null) {
                String place = mine.isSealed() ? path : path + "." + part.getKey();
                String found = compare(part.getValue(), theirPart, place, false);
                if (found != null) {
                    return found;
                }
            }
        }
        return mine.isSealed() && mine.parts.keySet().stream().noneMatch(other.parts::containsKey)
                ? path + " is one of " + other.parts.keySet() + " there and one of " + mine.parts.keySet() + " here"
                : null;
    }

    /// The arguments of `list<...>`, `set<...>` or `map<..., ...>`.
    private static List<String> arguments(String generic) {
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

    /// One type of a description: a record with its components, a sealed interface with its alternatives,
    /// an enum.
    ///
    /// @param parts the type of each part by its name on the wire
    /// @param ambiguous true if several types have this name, so that the text does not tell which is meant
    private record Definition(String kind, Map<String, String> parts, boolean ambiguous) {
        boolean isSealed() {
            return kind.equals(KINDS.get(1));
        }

        boolean isEnum() {
            return kind.equals(KINDS.get(2));
        }
    }

    /// A description, read.
    private record Description(String root, Map<String, Definition> definitions) {
        static Description of(String text) {
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
            return new Description(root, definitions);
        }

        private static Definition definition(String kind, List<String> rest) {
            var parts = new TreeMap<String, String>();
            boolean ambiguous = false;
            for (String line :
                    rest.stream().takeWhile(next -> next.startsWith("  ")).toList()) {
                ambiguous |= line.startsWith("  -- ");
                int colon = line.indexOf(": ");
                String name = colon < 0 ? line.strip() : line.substring(2, colon);
                parts.put(name, colon < 0 ? name : bare(line.substring(colon + 2)));
            }
            return new Definition(kind, parts, ambiguous);
        }

        /// The type of a component that may be null or missing is the type of what is there.
        private static String bare(String type) {
            if (type.startsWith("optional<")) {
                return type.substring("optional<".length(), type.length() - 1);
            }
            return type.endsWith("?") ? type.substring(0, type.length() - 1) : type;
        }

        boolean knows(String name) {
            return definitions.containsKey(name);
        }

        Definition definition(String name) {
            return Objects.requireNonNull(definitions.get(name), name);
        }
    }
}
