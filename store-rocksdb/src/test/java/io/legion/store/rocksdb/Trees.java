package io.legion.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/// Directories with all that is in them.
final class Trees {

    private Trees() {}

    static void copy(Path from, Path to) {
        copy(from, to, _ -> false);
    }

    /// The same, with links to some of the files.
    static void copy(Path from, Path to, Predicate<Path> linked) {
        for (var file : files(from)) {
            var target = to.resolve(from.relativize(file).toString());
            try {
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (linked.test(file)) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    static void remove(Path directory) {
        for (var file : files(directory).reversed()) {
            try {
                Files.delete(file);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /// Every file with the sum of its bytes, but the lock, whose content is only who looked last.
    static Map<String, String> contents(Path directory) throws IOException {
        var contents = new TreeMap<String, String>();
        for (var file : files(directory)) {
            var name = directory.relativize(file).toString();
            if (name.equals("lock")) {
                continue;
            }
            contents.put(name, Files.isDirectory(file) ? "directory" : sum(Files.readAllBytes(file)));
        }
        return contents;
    }

    private static String sum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return bytes.length + ":" + HexFormat.of().toHexDigits(crc.getValue());
    }

    /// A directory before what is in it.
    private static List<Path> files(Path directory) {
        try (var files = Files.walk(directory)) {
            return files.sorted(Comparator.naturalOrder()).toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
