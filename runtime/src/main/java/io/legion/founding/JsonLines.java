package io.legion.founding;

import io.legion.core.PartitionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Files of JSON lines: each line is one partition, `{"key": "alice", "state": {"cents": 5}}`.
///
/// The key is a text, or `{"hex": "00ff"}` for bytes that are none. The state is JSON as the admin service shows it,
/// read by the codec that Legion derives from the state's class. The files are looked at only when a cluster is
/// founded, so they may be gone later.
public final class JsonLines implements FoundingData {
    private static final String ENDING = ".jsonl";

    private final Supplier<List<JsonFile>> files;

    private JsonLines(Supplier<List<JsonFile>> files) {
        this.files = files;
    }

    /// One file, of partitions of this type.
    public static JsonLines of(Path file, PartitionType<?> type) {
        return new JsonLines(() -> List.of(new JsonFile(file, type)));
    }

    /// The files of a directory, named after their types: `account.jsonl` for the type `account`. Other files may lie
    /// there; one that ends with `.jsonl` and is of no type is refused.
    public static JsonLines directory(Path directory, PartitionType<?>... types) {
        return new JsonLines(() -> found(directory, List.of(types)));
    }

    @Override
    public String title() {
        return files.get().stream().map(JsonFile::title).collect(Collectors.joining(", and "));
    }

    @Override
    public long read(long from, Recipient recipient) {
        long read = 0;
        for (JsonFile file : files.get()) {
            read += file.read(Math.max(0, from - read), recipient);
        }
        return read;
    }

    private static List<JsonFile> found(Path directory, List<PartitionType<?>> types) {
        var found = new ArrayList<JsonFile>();
        for (Path file : listed(directory)) {
            String name = file.getFileName().toString();
            if (name.endsWith(ENDING)) {
                found.add(new JsonFile(file, type(name.substring(0, name.length() - ENDING.length()), file, types)));
            }
        }
        if (found.isEmpty()) {
            throw new FoundingDataException(
                    "The directory " + directory + " has no file that ends with " + ENDING + ".");
        }
        return found;
    }

    private static List<Path> listed(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        } catch (IOException unreadable) {
            throw new FoundingDataException(
                    "The directory " + directory + " cannot be read: " + unreadable + ".", unreadable);
        }
    }

    private static PartitionType<?> type(String name, Path file, List<PartitionType<?>> types) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new FoundingDataException("The file " + file + " is of no partition type; there are "
                        + types.stream()
                                .map(type -> type.name() + ENDING)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + "."));
    }
}
