package io.legion.store.rocksdb.damage;

import io.legion.store.rocksdb.files.SealedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/// How far the scrub of a store has come. A copy in the file `scrub` lets it go on after a restart; nobody needs
/// that: without it the scrub begins anew.
///
/// @param begun when the last pass began
/// @param engine the directory of the engine that it reads
/// @param last the number of the table that it read last
/// @param until the number of the last table of this pass; later ones belong to the next
record ScrubProgress(Instant begun, String engine, long last, long until) {

    boolean isDone() {
        return last >= until;
    }

    ScrubProgress at(long table) {
        return new ScrubProgress(begun, engine, table, until);
    }

    /// What the file says; a pass that is over since long ago if it says nothing.
    static ScrubProgress read(Path file) {
        try {
            return parse(SealedText.values(SealedText.open(Files.readAllBytes(file))));
        } catch (IOException | IllegalArgumentException unknown) {
            return new ScrubProgress(Instant.EPOCH, "", 0, 0);
        }
    }

    private static ScrubProgress parse(Map<String, String> values) {
        return new ScrubProgress(
                Instant.ofEpochMilli(Long.parseLong(values.getOrDefault("begun", ""))),
                values.getOrDefault("engine", ""),
                Long.parseLong(values.getOrDefault("last", "")),
                Long.parseLong(values.getOrDefault("until", "")));
    }

    /// Not forced: at worst some tables are read twice.
    void write(Path file) throws IOException {
        Files.write(
                file,
                SealedText.seal("begun=" + begun.toEpochMilli() + "\nengine=" + engine + "\nlast=" + last + "\nuntil="
                        + until + "\n"));
    }
}
