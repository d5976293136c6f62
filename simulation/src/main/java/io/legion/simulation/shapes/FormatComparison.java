package io.legion.simulation.shapes;

import io.legion.core.codec.Schema;
import io.legion.simulation.shapes.ShapeDeviation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Finds every part of a format in which it differs from a kept one. What the bytes do not show is no difference:
/// the names of records that are no alternatives, and whether a component that may be missing is null or an empty
/// optional.
final class FormatComparison {
    private static final String OPTIONAL = "optional<";

    private final Schema kept;
    private final Schema now;
    private final List<ShapeDeviation> deviations = new ArrayList<>();

    /// The types that stand for each other: the present name of each kept one.
    private final SortedMap<String, String> renamed = new TreeMap<>();

    /// The pairs of names that are compared already, or are being.
    private final Set<List<String>> compared = new HashSet<>();

    /// The type of a component, and whether it may be missing.
    private record Use(String type, boolean mayBeMissing) {
        static Use of(String declared) {
            if (declared.startsWith(OPTIONAL)) {
                return new Use(declared.substring(OPTIONAL.length(), declared.length() - 1), true);
            }
            return declared.endsWith("?")
                    ? new Use(declared.substring(0, declared.length() - 1), true)
                    : new Use(declared, false);
        }
    }

    private FormatComparison(String kept, String now) {
        this.kept = Schema.of(kept);
        this.now = Schema.of(now);
    }

    /// @param place what the values are, for a difference of their whole type
    static FormatComparison of(String place, String kept, String now) {
        var comparison = new FormatComparison(kept, now);
        comparison.types(comparison.kept.root(), comparison.now.root(), place);
        return comparison;
    }

    List<ShapeDeviation> deviations() {
        return List.copyOf(deviations);
    }

    SortedMap<String, String> renamed() {
        return renamed;
    }

    private void add(Kind kind, String place, String before, String after) {
        deviations.add(new ShapeDeviation(kind, place, before, after));
    }

    private void types(String declaredBefore, String declaredNow, String place) {
        if (isAmbiguous(declaredBefore) || isAmbiguous(declaredNow)) {
            if (!declaredBefore.equals(declaredNow)) {
                add(Kind.RETYPED, place, declaredBefore, declaredNow);
            }
            return;
        }
        Use before = Use.of(declaredBefore);
        Use after = Use.of(declaredNow);
        if (before.mayBeMissing() != after.mayBeMissing()) {
            add(Kind.RETYPED, place, declaredBefore, declaredNow);
        } else if (kept.knows(before.type()) && now.knows(after.type())) {
            named(before.type(), after.type(), place);
        } else if (isSameCollection(before.type(), after.type())) {
            arguments(Schema.arguments(before.type()), Schema.arguments(after.type()), place);
        } else if (!before.type().equals(after.type())) {
            add(Kind.RETYPED, place, declaredBefore, declaredNow);
        }
    }

    /// Parts of several types that have one name.
    private static boolean isAmbiguous(String declared) {
        return declared.contains(" or ");
    }

    private static boolean isSameCollection(String before, String after) {
        int open = before.indexOf('<');
        return open > 0
                && after.startsWith(before.substring(0, open + 1))
                && Schema.arguments(before).size() == Schema.arguments(after).size();
    }

    private void arguments(List<String> before, List<String> after, String place) {
        for (int i = 0; i < before.size(); i++) {
            types(before.get(i), after.get(i), place);
        }
    }

    private void named(String before, String after, String place) {
        if (!compared.add(List.of(before, after))) {
            return;
        }
        renamed.put(before, after);
        var was = kept.definition(before);
        var is = now.definition(after);
        if (!was.kind().equals(is.kind()) || isAnother(before, was, after, is)) {
            add(Kind.RETYPED, place, before, after);
            return;
        }
        parts(was, is, after);
    }

    /// A record of another name that has nothing in common with the kept one is not the same one renamed.
    private static boolean isAnother(String before, Schema.Definition was, String after, Schema.Definition is) {
        return !before.equals(after)
                && !was.parts().isEmpty()
                && was.parts().keySet().stream().noneMatch(is.parts()::containsKey);
    }

    private void parts(Schema.Definition was, Schema.Definition is, String owner) {
        for (Map.Entry<String, String> part : was.declared().entrySet()) {
            String place = owner + "." + part.getKey();
            String present = is.declared().get(part.getKey());
            if (present == null) {
                add(gone(was), place, part.getValue(), "");
            } else if (!was.isEnum()) {
                types(part.getValue(), present, place);
            }
        }
        for (Map.Entry<String, String> part : is.declared().entrySet()) {
            if (!was.declared().containsKey(part.getKey())) {
                add(added(is), owner + "." + part.getKey(), "", part.getValue());
            }
        }
    }

    private static Kind gone(Schema.Definition type) {
        return type.isRecord() ? Kind.COMPONENT_GONE : type.isEnum() ? Kind.CONSTANT_GONE : Kind.ALTERNATIVE_GONE;
    }

    private static Kind added(Schema.Definition type) {
        return type.isRecord() ? Kind.COMPONENT_NEW : type.isEnum() ? Kind.CONSTANT_NEW : Kind.ALTERNATIVE_NEW;
    }
}
