package io.legion.simulation.shapes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of shapes: `TYPE/VERSION.shape`.
record ShapeDirectory(Path root) {
    private static final Pattern NAME = Pattern.compile("[1-9][0-9]{0,8}\\.shape");
    private static final int LONGEST_NAME = 200;

    /// Where the shapes of a type are.
    Path of(String type) {
        String name = TypeFileName.encode(type);
        return root.resolve(
                name.length() <= LONGEST_NAME
                        ? name
                        : name.substring(0, LONGEST_NAME) + "~" + HexFormat.of().toHexDigits(type.hashCode()));
    }

    Path of(String type, int version) {
        return of(type).resolve(version + ".shape");
    }

    /// What is kept of a type, by version.
    ///
    /// @throws ShapeFileException if a file is there and cannot be read
    SortedMap<Integer, KeptShape> kept(String type) {
        return keptIn(of(type));
    }

    SortedMap<Integer, KeptShape> keptIn(Path directory) {
        var shapes = new TreeMap<Integer, KeptShape>();
        for (Path file : filesIn(directory)) {
            KeptShape shape = read(file);
            shapes.put(shape.version(), shape);
        }
        return shapes;
    }

    /// The directories that hold shapes.
    List<Path> typeDirectories() {
        return list(root).stream()
                .filter(directory -> !filesIn(directory).isEmpty())
                .toList();
    }

    private static List<Path> filesIn(Path directory) {
        return list(directory).stream()
                .filter(file -> NAME.matcher(file.getFileName().toString()).matches())
                .toList();
    }

    private static List<Path> list(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException failure) {
            throw new ShapeFileException(directory + " cannot be read: " + failure, failure);
        }
    }

    private KeptShape read(Path file) {
        try {
            KeptShape shape = ShapeText.read(Files.readString(file));
            if (!of(shape.type(), shape.version()).equals(file)) {
                throw new IllegalArgumentException("it is of version " + shape.version() + " of the type '"
                        + shape.type() + "', and not in its place");
            }
            return shape;
        } catch (IOException | IllegalArgumentException failure) {
            throw new ShapeFileException(
                    file + " cannot be read as a file of shapes: " + failure.getMessage()
                            + ". Nothing was compared or written. Take it from the version control again",
                    failure);
        }
    }

    /// Writes shapes that are not there yet.
    ///
    /// @return the files
    List<Path> write(List<KeptShape> shapes) {
        var written = new ArrayList<Path>();
        for (KeptShape shape : shapes) {
            Path file = of(shape.type(), shape.version());
            try {
                write(file, ShapeText.write(shape));
            } catch (IOException failure) {
                throw new ShapeFileException(
                        file + " cannot be written: " + failure + ". What was written before it: " + written, failure);
            }
            written.add(file);
        }
        return written;
    }

    /// The whole file or none: half of one could not be read.
    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path begun = Files.createTempFile(file.getParent(), "shape", ".tmp");
        try {
            Files.writeString(begun, text);
            Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(begun);
        }
    }
}
