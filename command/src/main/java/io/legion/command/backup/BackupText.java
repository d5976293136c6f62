package io.legion.command.backup;

import io.legion.backup.BackupSummary;
import io.legion.service.Printable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// A backup in words, and as JSON.
final class BackupText {
    private static final JsonMapper MAPPER = new JsonMapper();

    private BackupText() {}

    static String taken(BackupSummary backup) {
        var time = Duration.between(backup.began(), backup.ended());
        return "Backup " + backup.number() + " of the cluster " + Printable.line(backup.clusterName())
                + (backup.isComplete() ? " is complete: " : " was taken, and may lack answers: ") + content(backup)
                + ".\n"
                + String.format(
                        Locale.ROOT,
                        "%d of its shards had changed; %s were written, in %.1f s.%n",
                        backup.copiedShards(),
                        ProgressLine.size(backup.writtenBytes()),
                        time.toMillis() / 1000.0);
    }

    /// What there is to say beside, each in a line.
    static String beside(BackupSummary backup) {
        return Stream.concat(backup.mayLack().stream(), backup.remarks().stream())
                .map(line -> Printable.line(line) + "\n")
                .collect(Collectors.joining());
    }

    /// How much it holds.
    static String content(BackupSummary backup) {
        return backup.shards() + " shards, " + String.format(Locale.ROOT, "%,d", backup.states()) + " partitions, "
                + ProgressLine.size(backup.bytes());
    }

    /// Which one it is.
    static String title(BackupSummary backup) {
        return "Backup " + backup.number() + " of the cluster " + Printable.line(backup.clusterName()) + " ("
                + Printable.line(backup.cluster()) + ") of "
                + backup.began().truncatedTo(ChronoUnit.SECONDS);
    }

    static String json(BackupSummary backup) {
        var json = MAPPER.createObjectNode();
        json.put("number", backup.number());
        json.put("clusterName", backup.clusterName());
        json.put("cluster", backup.cluster());
        json.put("began", backup.began().toString());
        json.put("ended", backup.ended().toString());
        json.put("shards", backup.shards());
        json.put("copiedShards", backup.copiedShards());
        json.put("states", backup.states());
        json.put("bytes", backup.bytes());
        json.put("writtenBytes", backup.writtenBytes());
        json.put("complete", backup.isComplete());
        json.put("salvage", backup.salvage());
        var silent = json.putArray("silent");
        backup.silent().forEach(node -> silent.add(node.toString()));
        var remarks = json.putArray("remarks");
        backup.remarks().forEach(remarks::add);
        return MAPPER.writeValueAsString(json);
    }
}
