package io.legion.simulation.shapes;

import io.legion.core.codec.Schema;
import io.legion.simulation.shapes.ShapeDeviation.Kind;
import java.util.List;

/// Why a deviation of a format matters, and what its author can do.
final class ShapeAdvice {
    private static final String OLDER_RELEASES = "nodes of older releases";

    private final int next;
    private final boolean isRaised;
    private final Schema newest;
    private final List<ShapeDeviation> all;

    /// @param next the version that can bring something new
    /// @param isRaised true if the type says already that it is at that version
    /// @param newest the present format in the newest version
    /// @param all the deviations of a format
    ShapeAdvice(int next, boolean isRaised, String newest, List<ShapeDeviation> all) {
        this.next = next;
        this.isRaised = isRaised;
        this.newest = Schema.of(newest);
        this.all = all;
    }

    List<ShapeChange> changes() {
        return all.stream().filter(each -> !isRenamed(each)).map(this::change).toList();
    }

    /// Whether it is the new half of something that seems to be renamed.
    private boolean isRenamed(ShapeDeviation one) {
        return one.kind().isNew()
                && all.stream()
                        .anyMatch(
                                other -> !isMarkedLater(other) && newName(other).equals(one.place()));
    }

    private ShapeChange change(ShapeDeviation one) {
        if (isMarkedLater(one)) {
            return new ShapeChange(
                    "the " + noun(one) + " " + one.place() + " is marked @Since, and was there before that version",
                    OLDER_RELEASES + " write it while their version is active, and this one leaves it out",
                    "take the mark away");
        }
        String name = newName(one);
        return switch (one.kind()) {
            case COMPONENT_GONE, ALTERNATIVE_GONE, CONSTANT_GONE ->
                name.isEmpty() ? gone(one) : renamed(one, name.substring(name.lastIndexOf('.') + 1));
            case COMPONENT_NEW, ALTERNATIVE_NEW, CONSTANT_NEW -> added(one);
            case RETYPED -> retyped(one);
        };
    }

    private static ShapeChange gone(ShapeDeviation one) {
        return one.kind() == Kind.COMPONENT_GONE
                ? new ShapeChange(
                        one.sentence(),
                        OLDER_RELEASES + " write it and compare their states with it: nodes would diverge, and what is"
                                + " stored in it would be lost",
                        "put it back; the code need not look at it. If it was renamed, @WireName(\"" + one.part()
                                + "\") on its new name keeps its bytes")
                : new ShapeChange(
                        one.sentence(),
                        "what is stored, and what " + OLDER_RELEASES
                                + " write, may hold it: a shard that meets it could" + " not read it, and would stop",
                        "put it back. If it was renamed, @WireName(\"" + one.part()
                                + "\") on its new name keeps its bytes");
    }

    private static ShapeChange renamed(ShapeDeviation one, String name) {
        return new ShapeChange(
                one.sentence() + ", and " + name + " is new",
                "bytes go by name: what is stored under the old name, and what " + OLDER_RELEASES
                        + " write, would not be found",
                "if it was renamed, mark " + name + " @WireName(\"" + one.part() + "\"); if not, put it back");
    }

    private ShapeChange added(ShapeDeviation one) {
        String where = one.kind() == Kind.ALTERNATIVE_NEW ? "the record" : "it";
        return new ShapeChange(
                one.sentence(),
                one.kind() == Kind.COMPONENT_NEW
                        ? OLDER_RELEASES + " do not have it: the same state would have other bytes there, and the nodes"
                                + " would diverge"
                        : OLDER_RELEASES + " cannot read it: a shard that meets it there would stop",
                "mark " + where + " @Since(" + next + ")" + raise());
    }

    private ShapeChange retyped(ShapeDeviation one) {
        boolean isOutput = one.place().startsWith(ShapeComparison.OUTPUT);
        return new ShapeChange(
                one.sentence(),
                isOutput
                        ? "callers on other nodes, and requests that are tried again, get the bytes of the other type"
                        : "bytes of the one type are refused or misread as the other, in stores and by "
                                + OLDER_RELEASES,
                isOutput
                        ? "leave it, and let a new event that is marked @Since(" + next + ") give the new output"
                                + raise()
                        : "leave it as it was, and put a new component beside it, marked @Since(" + next + ")"
                                + raise() + ". The record's constructor computes it from the old one where it is"
                                + " missing (docs/upgrades.md, changing the type of a field)");
    }

    private String raise() {
        return isRaised ? "" : ", and let the type say version(" + next + ")";
    }

    private static String noun(ShapeDeviation one) {
        return one.kind() == Kind.COMPONENT_GONE
                ? "component"
                : one.kind() == Kind.CONSTANT_GONE ? "constant" : "alternative";
    }

    private boolean isMarkedLater(ShapeDeviation one) {
        return one.kind().isGone()
                && newest.knows(one.owner())
                && newest.definition(one.owner()).parts().containsKey(one.part());
    }

    /// Where the only new part of a type is of the same type as the only one that is gone, the place of it; else empty.
    private String newName(ShapeDeviation one) {
        if (!one.kind().isGone()) {
            return "";
        }
        var gone = all.stream()
                .filter(each ->
                        each.kind() == one.kind() && each.owner().equals(one.owner()) && isAlike(each, one.kept()))
                .toList();
        var added = all.stream()
                .filter(each -> each.kind().isNew() && each.owner().equals(one.owner()) && isAlike(each, one.kept()))
                .toList();
        return gone.size() == 1 && added.size() == 1 ? added.getFirst().place() : "";
    }

    private static boolean isAlike(ShapeDeviation each, String type) {
        boolean isComponent = each.kind() == Kind.COMPONENT_GONE || each.kind() == Kind.COMPONENT_NEW;
        return !isComponent || type.equals(each.kind().isGone() ? each.kept() : each.now());
    }
}
