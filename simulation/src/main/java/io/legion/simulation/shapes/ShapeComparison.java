package io.legion.simulation.shapes;

import io.legion.spi.TypeDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compares what the present classes make of a version with what is kept of it.
final class ShapeComparison {
    static final String OUTPUT = "the output of ";

    private final KeptShape kept;
    private final KeptShape now;
    private final KeptShape newest;
    private final int next;
    private final boolean isIndexedByVersion;
    private final List<ShapeChange> changes = new ArrayList<>();
    private final SortedMap<String, String> renamed = new TreeMap<>();

    /// True if records have other components than the kept ones: then the values are others too, and no longer once
    /// that is mended.
    private boolean hasOtherComponents;

    /// @param now the present classes at the kept version
    /// @param newest the present classes at the newest version
    /// @param next the version that can bring something new
    ShapeComparison(KeptShape kept, KeptShape now, KeptShape newest, int next, boolean isIndexedByVersion) {
        this.kept = kept;
        this.now = now;
        this.newest = newest;
        this.next = next;
        this.isIndexedByVersion = isIndexedByVersion;
    }

    /// All that differs, for a version that this release still runs.
    List<ShapeChange> changes() {
        format("the state", kept.state(), now.state(), newest.state());
        format("the events", kept.events(), now.events(), newest.events());
        kept.outputs().forEach((event, output) -> {
            // For an event that is gone, the format of the events differs already.
            if (now.outputs().containsKey(event)) {
                format(
                        OUTPUT + event,
                        output,
                        now.outputs().get(event),
                        newest.outputs().getOrDefault(event, ""));
            }
        });
        if (!hasOtherComponents) {
            initial();
            defaults();
        }
        index();
        if (changes.isEmpty()) {
            samples(true); // they are the same ones only if the formats are
        }
        if (changes.isEmpty()) {
            samples(false);
        }
        return changes;
    }

    /// What can no longer be read, for a version that this release does not run: no history holds its events, but
    /// stores hold states that were written in it.
    List<ShapeChange> unreadable() {
        TypeDescription.conflict(stateOnly(newest), stateOnly(kept))
                .ifPresent(why -> changes.add(new ShapeChange(
                        why + " (there is version " + kept.version() + ", here are the present classes)",
                        "states that were written in that version are still in stores, and could not be read",
                        "leave it as it was, and put a new component beside it, which the record's constructor"
                                + " computes from the old one where it is missing")));
        FormatComparison.of("the state", kept.state(), newest.state()).deviations().stream()
                .filter(one -> one.kind().isGone() && one.kind() != ShapeDeviation.Kind.COMPONENT_GONE)
                .forEach(one -> changes.addAll(new ShapeAdvice(next, false, newest.state(), List.of(one)).changes()));
        return changes;
    }

    private static String stateOnly(KeptShape shape) {
        return TypeDescription.of(shape.state(), "");
    }

    private void format(String what, String before, String after, String newestFormat) {
        if (before.isEmpty() != after.isEmpty()) {
            changes.add(new ShapeChange(
                    what + " had " + codec(before) + " and has " + codec(after),
                    "the two need not write the same bytes, nor read each other's",
                    "leave the codec as it was"));
            return;
        }
        var comparison = FormatComparison.of(what, before, after);
        renamed.putAll(comparison.renamed());
        hasOtherComponents |= comparison.deviations().stream().anyMatch(ShapeDeviation::isOfComponent);
        boolean isRaised = newest.version() >= next;
        changes.addAll(new ShapeAdvice(next, isRaised, newestFormat, comparison.deviations()).changes());
    }

    private static String codec(String format) {
        return format.isEmpty() ? "a codec of the program's own" : "the derived codec";
    }

    private void initial() {
        if (!kept.initial().equals(now.initial())) {
            changes.add(new ShapeChange(
                    "the initial state was " + kept.initial() + " and is " + now.initial(),
                    "partitions that nobody has changed yet are at it, on all nodes and in all versions",
                    "put it back; what a partition begins with from version " + next
                            + " on can be the business of an event that looks at context.version()"));
        }
    }

    private void defaults() {
        renamed.forEach((before, after) -> {
            String was = kept.defaults().getOrDefault(before, "{}");
            String is = now.defaults().getOrDefault(after, "{}");
            if (!was.equals(is) && !is.equals(PresentShape.NOT_PURE)) {
                changes.add(new ShapeChange(
                        "the record " + after + " of which the bytes say nothing was " + was + " and is " + is,
                        "the same bytes are another value than on nodes of older releases: the nodes would diverge",
                        "let the constructor make of nothing what it did; another default belongs into an event that looks"
                                + " at context.version(), or into a new component"));
            }
        });
    }

    private void index() {
        if (kept.indexed() && !now.indexed()) {
            changes.add(new ShapeChange(
                    "the type has no index any more",
                    "searches while version " + kept.version()
                            + " is active would find less on some nodes than on others",
                    "keep it up to that version: .index((state, version) -> version < " + next + " ? ... : Set.of())"));
        } else if (!kept.indexed() && now.indexed() && !(isIndexedByVersion && hasNoTags())) {
            changes.add(new ShapeChange(
                    "the type has an index that it did not have",
                    "searches while version " + kept.version()
                            + " is active would find more on some nodes than on others",
                    "let it begin with version " + next + ": .index((state, version) -> version < " + next
                            + " ? Set.of() : ...)"));
        }
    }

    private boolean hasNoTags() {
        return now.samples().entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(SampleRun.TAGS))
                .allMatch(sample -> sample.getValue().equals(SampleRun.NO_TAGS));
    }

    /// @param reading true for how samples are read, false for what comes of them then
    private void samples(boolean reading) {
        kept.samples().forEach((sample, was) -> {
            String is = now.samples().getOrDefault(sample, was);
            if (sample.startsWith(SampleRun.READING) == reading
                    && !is.equals(was)
                    && !is.equals(PresentShape.NOT_PURE)) {
                changes.add(sample(sample, was, is));
            }
        });
    }

    private ShapeChange sample(String sample, String was, String is) {
        String what = "a sample: " + sample + " gave " + was + " and gives " + is;
        if (sample.startsWith(SampleRun.TAGS)) {
            return new ShapeChange(
                    what,
                    "a search would find other partitions on some nodes than on others",
                    "let the index have another version: .index((state, version) -> version < " + next + " ? ... : ...)"
                            + raise());
        }
        if (sample.startsWith(SampleRun.READING)) {
            return new ShapeChange(
                    what,
                    "the same bytes are another value than on nodes of older releases: the nodes would diverge",
                    "let the constructors make of their arguments what they did");
        }
        return new ShapeChange(
                what,
                "older releases make the other of the same event: replicas would diverge, and be set apart",
                "let apply do what it did while context.version() is below " + next + ", and the new thing from then on"
                        + raise());
    }

    private String raise() {
        return newest.version() >= next ? "" : ", and let the type say version(" + next + ")";
    }
}
