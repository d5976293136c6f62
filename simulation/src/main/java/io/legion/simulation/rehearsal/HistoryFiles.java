package io.legion.simulation.rehearsal;

import io.legion.core.PartitionType;
import io.legion.recording.HistoryFile;
import io.legion.recording.HistoryFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The histories of a type among files and directories.
final class HistoryFiles {
    private final PartitionType<?> type;
    private final List<HistoryFile> found = new ArrayList<>();

    private HistoryFiles(PartitionType<?> type) {
        this.type = type;
    }

    /// @throws HistoryFileException if one cannot be read, or a file that is named is of another type
    static List<HistoryFile> of(PartitionType<?> type, List<Path> places) {
        var files = new HistoryFiles(type);
        for (Path place : places) {
            if (Files.isDirectory(place)) {
                listed(place).stream()
                        .map(HistoryFile::read)
                        .filter(files::isOfType)
                        .forEach(files.found::add);
            } else {
                files.found.add(files.ofType(place));
            }
        }
        return List.copyOf(files.found);
    }

    private boolean isOfType(HistoryFile file) {
        return file.head().type().equals(type.name());
    }

    private HistoryFile ofType(Path path) {
        var file = HistoryFile.read(path);
        if (!isOfType(file)) {
            throw new HistoryFileException(
                    path + " is a history of the type '" + file.head().type() + "', and the type to rehearse is '"
                            + type.name() + "'. Name a history of that type, or a directory that has some.",
                    null);
        }
        return file;
    }

    private static List<Path> listed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(HistoryFile.ENDING))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException unreadable) {
            throw new HistoryFileException(
                    "The directory " + directory + " cannot be read: " + unreadable + ".", unreadable);
        }
    }
}
