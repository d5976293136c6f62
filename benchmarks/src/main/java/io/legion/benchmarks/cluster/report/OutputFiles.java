package io.legion.benchmarks.cluster.report;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the command writes, besides its standard output.
///
/// @param json for the report; null for nowhere
/// @param profile the directory for flight recordings; null for none
public record OutputFiles(@Nullable Path json, @Nullable Path profile) {

    /// Finds out whether they can be written, which is better known before half an hour of work than after it.
    /// The content of a file stays until there is something better.
    ///
    /// @throws IllegalArgumentException if they cannot be written
    public void prepare() {
        try {
            if (profile != null) {
                Files.createDirectories(profile);
            }
            if (json != null) {
                Files.createDirectories(json.toAbsolutePath().getParent());
                Files.newOutputStream(json, CREATE, APPEND).close();
            }
        } catch (IOException failure) {
            throw new IllegalArgumentException("Nothing can be written there: " + failure, failure);
        }
    }

    /// Writes the report, if there is a file for it.
    public void write(Report report) throws IOException {
        if (json != null) {
            Files.writeString(json, ReportJson.text(report));
        }
    }
}
