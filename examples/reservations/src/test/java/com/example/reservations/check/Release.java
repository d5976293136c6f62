package com.example.reservations.check;

import com.example.reservations.Main;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// A release of the service, as classes of its own: the present one, or an earlier one that is compiled anew.
///
/// `src/main` has the present one. What was otherwise in an earlier one has its file as it was then in `src/release2`
/// or, if it is of the first one, in `src/release1`.
///
/// @param number of the version that it brought
/// @param classes where these are
/// @param isHeld if its version is to become active only when somebody orders it
public record Release(int number, Path classes, boolean isHeld) {
    private static final String SOURCES = "java/com/example/reservations";
    private static final int PRESENT = 3;

    static Release present() {
        return new Release(PRESENT, placeOf(Main.class), false);
    }

    /// Compiles an earlier one.
    ///
    /// @param directory for its classes
    public static Release earlier(int number, Path directory) throws IOException {
        var classes = Files.createDirectories(directory.resolve("release-" + number));
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", classes.toString(), "-cp", libraries(), "-proc:none");
            var sources = files.getJavaFileObjectsFromPaths(sources(number).values());
            if (!compiler.getTask(null, files, null, options, null, sources).call()) {
                throw new IllegalStateException("release " + number + " does not compile");
            }
        }
        return new Release(number, classes, false);
    }

    Release held() {
        return new Release(number, classes, true);
    }

    /// The files of a release, by their names.
    private static Map<String, Path> sources(int number) throws IOException {
        var sources = files(Path.of("src/main", SOURCES));
        for (int release = 1; release <= number; release++) {
            sources.putAll(files(Path.of("src/release" + release, SOURCES)));
        }
        return sources;
    }

    private static Map<String, Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString(), file -> file, (a, _) -> a, TreeMap::new));
        }
    }

    /// With which a node of this release runs: no class of another one is there.
    String classPath() {
        return classes + File.pathSeparator + libraries();
    }

    private static String libraries() {
        var own = List.of(placeOf(Main.class).toString(), placeOf(Release.class).toString());
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !own.contains(Path.of(entry).toAbsolutePath().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new UncheckedIOException(new IOException(impossible));
        }
    }
}
