package io.legion.cluster.test;

import io.legion.operations.ShardReport;
import java.util.List;
import java.util.stream.Stream;

/// How a node's replica of a shard stands.
///
/// @param participants each with its node and the epoch in which it was added
record Standing(
        int shard,
        String phase,
        long epoch,
        boolean frozen,
        int outstanding,
        long folded,
        long hash,
        int salvage,
        List<String> participants) {

    static Standing of(ShardReport report) {
        return new Standing(
                report.shard(),
                report.phase().name(),
                report.epoch(),
                report.changing(),
                report.outstanding(),
                report.folded(),
                report.historyHash(),
                report.salvage().size(),
                report.participants().stream()
                        .map(participant -> participant.id().toString())
                        .toList());
    }

    boolean isAtRest() {
        return phase.equals("PARTICIPATING") && !frozen && outstanding == 0 && salvage == 0;
    }

    /// True if the other one is the same replica, event for event.
    boolean isLike(Standing other) {
        return epoch == other.epoch
                && participants.equals(other.participants)
                && folded == other.folded
                && hash == other.hash;
    }

    String line() {
        return String.join(
                " ",
                String.valueOf(shard),
                phase,
                String.valueOf(epoch),
                String.valueOf(frozen),
                String.valueOf(outstanding),
                String.valueOf(folded),
                String.valueOf(hash),
                String.valueOf(salvage),
                String.join(" ", participants));
    }

    static List<Standing> parse(String answer) {
        return answer.isBlank()
                ? List.of()
                : Stream.of(answer.split(";")).map(Standing::ofLine).toList();
    }

    private static Standing ofLine(String line) {
        var words = line.strip().split(" ");
        return new Standing(
                Integer.parseInt(words[0]),
                words[1],
                Long.parseLong(words[2]),
                Boolean.parseBoolean(words[3]),
                Integer.parseInt(words[4]),
                Long.parseLong(words[5]),
                Long.parseLong(words[6]),
                Integer.parseInt(words[7]),
                List.of(words).subList(8, words.length));
    }
}
