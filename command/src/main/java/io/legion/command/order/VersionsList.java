package io.legion.command.order;

import io.legion.command.asking.Picture;
import io.legion.command.asking.TypeWords;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// The partition types with their versions, one a line; below, who announced what, and what the newest ones wait for.
final class VersionsList {
    private static final int MOST = 100;

    private VersionsList() {}

    static String text(Picture picture, Paint paint) {
        var types = picture.root().has("versions") ? picture.root().parts("versions") : List.<ReplyPart>of();
        if (types.isEmpty()) {
            return "The server does not know which versions are active: ./legion doctor says why.\n";
        }
        var table = new Table(paint, "TYPE", "ACTIVE", "NEWEST");
        var shown = types.stream().limit(MOST).toList();
        shown.forEach(type -> table.add(tone(type), type.text("type"), TypeWords.active(type), newest(type)));
        var text = new StringBuilder(table.text());
        if (types.size() > MOST) {
            text.append("and ").append(types.size() - MOST).append(" more: --json shows all\n");
        }
        shown.forEach(type -> text.append(announced(picture, type)));
        if (types.stream().noneMatch(type -> type.has("reason"))) {
            text.append(holding(picture, types.getFirst()));
        }
        shown.stream()
                .filter(type -> type.has("reason"))
                .forEach(type -> text.append('\n')
                        .append(Words.below("", type.text("reason")))
                        .append(Words.below("  next: ", type.text("next"))));
        return text.toString();
    }

    /// Before there is a version that it holds back, which then says so. It is of all types.
    private static String holding(Picture picture, ReplyPart type) {
        var nodes = type.texts("holding").stream()
                .map(node -> picture.names().brief(node))
                .collect(Collectors.joining(", "));
        return nodes.isEmpty() ? "" : Words.below("held, once there is a newer version, by: ", nodes);
    }

    private static Tone tone(ReplyPart type) {
        return type.text("state").equals("ACTIVE") ? Tone.GOOD : Tone.WARNING;
    }

    private static String newest(ReplyPart type) {
        var next = TypeWords.next(type);
        return next.isEmpty() ? type.text("newest") : next;
    }

    /// Which nodes run what, those that run the same together.
    private static String announced(Picture picture, ReplyPart type) {
        var nodes = type.parts("announced").stream()
                .collect(Collectors.groupingBy(
                        VersionsList::runs,
                        LinkedHashMap::new,
                        Collectors.mapping(one -> picture.names().brief(one.text("node")), Collectors.joining(", "))));
        return Words.below(
                type.text("type") + ": ",
                nodes.entrySet().stream()
                        .map(entry -> entry.getKey() + " on " + entry.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private static String runs(ReplyPart one) {
        long minimum = one.count("minimum");
        long newest = one.count("newest");
        var release = one.text("release").isEmpty() ? "" : " (release '" + one.text("release") + "')";
        return (newest == 0
                        ? "not known to be there"
                        : minimum == newest ? "version " + newest : "versions " + minimum + " to " + newest)
                + release;
    }
}
