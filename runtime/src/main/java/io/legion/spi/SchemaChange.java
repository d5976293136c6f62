package io.legion.spi;

import io.legion.core.codec.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares two descriptions of derived codecs ([io.legion.core.Codec#describe]): whether one can be an earlier
/// or later version of the other, by the rules of docs/codec.md. What comes and goes is allowed: components,
/// alternatives, constants. What has the same name on the wire must have a type that can be read on both sides.
final class SchemaChange {
    private static final Set<String> INTEGERS = Set.of("int8", "int16", "char", "int32", "int64");

    private final Schema ours;
    private final Schema theirs;

    /// The pairs of names that are compared already, or are being.
    private final Set<List<String>> compared = new HashSet<>();

    private SchemaChange(Schema ours, Schema theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /// What no change of a release explains; empty if there is nothing.
    static Optional<String> conflict(String ours, String theirs) {
        if (ours.equals(theirs)) {
            return Optional.empty();
        }
        var here = Schema.of(ours);
        var there = Schema.of(theirs);
        return Optional.ofNullable(
                new SchemaChange(here, there).compare(here.root(), there.root(), here.root(), false));
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
        return compareArguments(Schema.arguments(here), Schema.arguments(there), path, conflict);
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
        if (!mine.kind().equals(other.kind())) {
            return conflict;
        }
        if (!compared.add(List.of(here, there)) || mine.isEnum() || mine.ambiguous() || other.ambiguous()) {
            return null;
        }
        for (var part : mine.parts().entrySet()) {
            String theirPart = other.parts().get(part.getKey());
            if (theirPart != null) {
                String place = mine.isSealed() ? path : path + "." + part.getKey();
                String found = compare(part.getValue(), theirPart, place, false);
                if (found != null) {
                    return found;
                }
            }
        }
        return mine.isSealed() && mine.parts().keySet().stream().noneMatch(other.parts()::containsKey)
                ? path + " is one of " + other.parts().keySet() + " there and one of "
                        + mine.parts().keySet() + " here"
                : null;
    }
}
