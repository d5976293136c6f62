package io.legion.command;

import io.legion.command.asking.Picture;
import io.legion.command.asking.TypeWords;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Which versions of the partition types are active, and which releases of the service run. A server of an earlier
/// release does not know them.
final class VersionsText {
    private static final int MOST = 8;

    private VersionsText() {}

    /// The types with their active versions, on a line.
    static String line(Picture picture) {
        var types = types(picture);
        var shown = types.stream().limit(MOST).map(VersionsText::active).collect(Collectors.joining(", "));
        var more = types.size() > MOST ? ", and " + (types.size() - MOST) + " more" : "";
        return types.isEmpty() ? "" : Words.below("types   ", shown + more);
    }

    private static String active(ReplyPart type) {
        var next = TypeWords.next(type);
        return type.text("type") + " " + TypeWords.active(type) + (next.isEmpty() ? "" : " (" + next + ")");
    }

    /// The release of the service that a node has announced; empty if it has no name, or is not known.
    static String release(Picture picture, String node) {
        return types(picture).stream()
                .limit(1)
                .flatMap(type -> type.parts("announced").stream())
                .filter(one -> one.text("node").equals(node))
                .map(one -> one.text("release"))
                .findFirst()
                .orElse("");
    }

    /// Which nodes run which release of the service, on a line; nothing if no release has a name.
    static String releases(Picture picture) {
        var byRelease = byRelease(picture);
        return byRelease.keySet().stream().allMatch(String::isEmpty)
                ? ""
                : Words.below(
                        "releases of the service: ",
                        byRelease.entrySet().stream()
                                .map(entry ->
                                        (entry.getKey().isEmpty() ? "one without a name" : "'" + entry.getKey() + "'")
                                                + " on " + entry.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private static Map<String, String> byRelease(Picture picture) {
        return types(picture).stream()
                .limit(1)
                .flatMap(type -> type.parts("announced").stream())
                .collect(Collectors.groupingBy(
                        one -> one.text("release"),
                        TreeMap::new,
                        Collectors.mapping(one -> picture.names().brief(one.text("node")), Collectors.joining(", "))));
    }

    private static List<ReplyPart> types(Picture picture) {
        return picture.root().has("versions") ? picture.root().parts("versions") : List.of();
    }
}
