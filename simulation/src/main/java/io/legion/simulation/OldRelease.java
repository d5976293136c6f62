package io.legion.simulation;

import io.legion.core.PartitionType;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another release of a service, whose classes have the names of this one's: they are loaded apart. Legion is that of
/// this program, also if the release brings one of its own (in its jar, or beside it by `Class-Path`), and so is
/// everything that the release does not have.
///
/// ```java
/// var old = OldRelease.of(Path.of("releases/reservations-1.4.jar"));
/// Simulation.of(Venue.TYPE)
///         .events(Venues::random)
///         .rolledOutFrom(old.type("com.example.reservations.Venue", "TYPE"))
///         .run();
/// ```
///
/// **Threads.** Any. The jars stay open until the program ends.
public final class OldRelease {
    private final ClassLoader loader;

    private OldRelease(ClassLoader loader) {
        this.loader = loader;
    }

    /// The release in these jars, or directories of classes.
    ///
    /// @throws IllegalArgumentException if one of them is not there
    public static OldRelease of(Path... classPath) {
        var urls = new ArrayList<URL>();
        for (Path part : List.of(classPath)) {
            if (!Files.exists(part)) {
                throw new IllegalArgumentException("there is no old release at " + part.toAbsolutePath());
            }
            try {
                urls.add(part.toUri().toURL());
            } catch (MalformedURLException wrong) {
                throw new IllegalArgumentException(part + " has no address", wrong);
            }
        }
        return new OldRelease(new OwnFirst(urls.toArray(URL[]::new), OldRelease.class.getClassLoader()));
    }

    /// A partition type of it.
    ///
    /// @param className the full name of the class that holds the type
    /// @param field the name of the static field with the type, of any visibility
    /// @throws IllegalArgumentException if the release has no such type
    public PartitionType<?> type(String className, String field) {
        try {
            var found = Class.forName(className, true, loader).getDeclaredField(field);
            found.setAccessible(true);
            if (found.get(null) instanceof PartitionType<?> type) {
                return type;
            }
            throw new IllegalArgumentException(className + "." + field + " of the old release is no partition type");
        } catch (ReflectiveOperationException | LinkageError missing) {
            throw new IllegalArgumentException(
                    "the old release has no partition type " + className + "." + field + ": " + missing, missing);
        }
    }

    /// Looks at the release's own classes before those of this program, but for Legion: the types of both releases are
    /// values of the same classes.
    private static final class OwnFirst extends URLClassLoader {
        private static final String LEGION = "io.legion.";

        static {
            registerAsParallelCapable();
        }

        OwnFirst(URL[] urls, ClassLoader parent) {
            super("old release", urls, parent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && isOwn(name)) {
                    loaded = findClass(name);
                }
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
        }

        private boolean isOwn(String name) {
            return !name.startsWith(LEGION) && findResource(name.replace('.', '/') + ".class") != null;
        }
    }
}
