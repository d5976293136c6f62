package io.legion.command;

import io.legion.command.client.ReplyPart;
import io.legion.command.output.Elapsed;
import io.legion.command.output.NodeNames;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Table;
import io.legion.command.output.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/// Shards in lines and tables.
///
/// @param shards as the server describes them
/// @param paint colours
record ShardText(List<ReplyPart> shards, Paint paint) {
    private static final int MOST_NUMBERS = 20;

    /// What several shards have in common that do not serve.
    private record Trouble(String state, String reason, String next) {}

    /// Why shards do not serve, and what to do; those that have the same reason together.
    String troubles() {
        var together = new LinkedHashMap<Trouble, List<String>>();
        for (var shard : shards) {
            if (!isServing(shard)) {
                together.computeIfAbsent(
                                new Trouble(shard.text("state"), shard.text("reason"), shard.text("next")),
                                _ -> new ArrayList<>())
                        .add(shard.text("shard"));
            }
        }
        var text = new StringBuilder();
        together.forEach((trouble, numbers) -> text.append(paint.of(tone(trouble.state()), Words.of(trouble.state())))
                .append(numbers.size() == 1 ? ": shard " : ": shards ")
                .append(Words.some(numbers, MOST_NUMBERS))
                .append('\n')
                .append(Words.below("  why:  ", trouble.reason()))
                .append(Words.below("  next: ", trouble.next()))
                .append('\n'));
        return text.toString();
    }

    /// The first shards, those that do not serve before the others.
    String table(int limit) {
        var table = new Table(
                paint,
                ">SHARD",
                "STATE",
                ">EPOCH",
                ">ERA",
                "PARTICIPANTS",
                ">OUTSTANDING",
                ">FOLDED",
                "A FOLD WAITS FOR");
        shards.stream()
                .sorted(Comparator.comparing(ShardText::isServing))
                .limit(limit)
                .forEach(shard -> table.add(
                        tone(shard.text("state")),
                        shard.text("shard"),
                        Words.of(shard.text("state")),
                        shard.text("epoch"),
                        shard.text("era"),
                        participants(shard),
                        shard.text("outstanding"),
                        shard.text("folded"),
                        foldWaits(shard)));
        var rest = shards.size() - limit;
        return table.text() + (rest > 0 ? "and " + rest + " more: --limit, --state or --after shows others\n" : "");
    }

    /// All that is known of one.
    String whole(ReplyPart shard) {
        var copies = new Table(
                paint,
                "COPY AT",
                "PHASE",
                ">EPOCH",
                ">FOLDED",
                ">OUTSTANDING",
                "HASH OF HISTORY",
                ">COPIED",
                ">SALVAGE");
        for (var copy : shard.parts("copies")) {
            copies.add(
                    Tone.PLAIN,
                    copy.text("node"),
                    Words.of(copy.text("phase")),
                    copy.text("epoch"),
                    copy.text("folded"),
                    copy.text("outstanding"),
                    copy.text("historyHash"),
                    copy.has("copiedBytes") ? copy.text("copiedBytes") + " bytes" : "",
                    copy.text("salvage"));
        }
        return troubles() + table(1) + "\n" + silent(shard) + copies.text();
    }

    private String silent(ReplyPart shard) {
        var table = new Table(paint, "PARTICIPANT", "REACHABLE", "ENTERED", ">SILENT FOR");
        for (var participant : shard.parts("participants")) {
            boolean reachable = participant.isTrue("reachable");
            table.add(
                    reachable ? Tone.GOOD : Tone.BAD,
                    participant.text("node"),
                    reachable ? "yes" : "no",
                    participant.isTrue("entered") ? "yes" : "no",
                    participant.has("silentMillis")
                            ? Elapsed.of(Duration.ofMillis(participant.count("silentMillis")))
                            : "?");
        }
        return table.text() + "\n";
    }

    private NodeNames names() {
        return new NodeNames(shards.stream()
                .flatMap(shard -> shard.parts("participants").stream())
                .toList());
    }

    /// Those that cannot be reached have a `!`.
    private String participants(ReplyPart shard) {
        var names = names();
        return shard.parts("participants").stream()
                .map(participant ->
                        names.brief(participant.text("node")) + (participant.isTrue("reachable") ? "" : "!"))
                .collect(Collectors.joining(" "));
    }

    private String foldWaits(ReplyPart shard) {
        return shard.part("foldWaits")
                .map(waits -> names().brief(waits.texts("for")) + " for "
                        + Elapsed.of(Duration.ofMillis(waits.count("sinceMillis"))))
                .orElse("");
    }

    private static boolean isServing(ReplyPart shard) {
        return shard.text("state").equals("SERVING");
    }

    private static Tone tone(String state) {
        return switch (state) {
            case "SERVING" -> Tone.GOOD;
            case "NO_MAJORITY", "DIVERGENT", "STOPPED" -> Tone.BAD;
            default -> Tone.WARNING;
        };
    }
}
