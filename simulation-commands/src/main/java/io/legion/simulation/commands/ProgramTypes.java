package io.legion.simulation.commands;

import io.legion.core.PartitionType;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The partition types of a user's program, found in the static fields of its classes.
final class ProgramTypes implements AutoCloseable {
    private final URLClassLoader classes;

    private ProgramTypes(URLClassLoader classes) {
        this.classes = classes;
    }

    /// The program does not load, or has no such types. The message says what to do.
    static final class NotFound extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotFound(String message, Throwable cause) {
            super(message, cause);
        }

        NotFound(String message) {
            super(message);
        }
    }

    /// @param classPath directories and jars, as `java -cp` has them
    static ProgramTypes open(String classPath) {
        var urls = new ArrayList<URL>();
        for (String part : classPath.split(File.pathSeparator)) {
            if (!Files.exists(Path.of(part))) {
                throw new NotFound(part + " is not there. Build the program first, or name its classes: --classes");
            }
            try {
                urls.add(Path.of(part).toUri().toURL());
            } catch (MalformedURLException wrong) {
                throw new NotFound(part + " is neither a directory nor a jar", wrong);
            }
        }
        return new ProgramTypes(new URLClassLoader(urls.toArray(new URL[0]), ProgramTypes.class.getClassLoader()));
    }

    /// The types in the static fields of these classes.
    ///
    /// @param names `CLASS` for all of its fields, or `CLASS#FIELD`
    /// @throws NotFound if there are none
    List<PartitionType<?>> in(List<String> names) {
        var found = new ArrayList<PartitionType<?>>();
        for (String name : names) {
            int mark = name.indexOf('#');
            var types = mark < 0
                    ? inClass(load(name), "")
                    : inClass(load(name.substring(0, mark)), name.substring(mark + 1));
            if (types.isEmpty()) {
                throw new NotFound(
                        name + " holds no PartitionType in a static field. Name the class that does, or the field:"
                                + " CLASS#FIELD");
            }
            types.stream().filter(type -> !found.contains(type)).forEach(found::add);
        }
        return found;
    }

    private Class<?> load(String name) {
        try {
            return Class.forName(name, true, classes);
        } catch (ClassNotFoundException missing) {
            throw new NotFound(
                    "There is no class " + name + " in --classes. A nested class is named OUTER$INNER", missing);
        } catch (ExceptionInInitializerError failed) {
            Throwable cause = failed.getCause();
            throw new NotFound("The class " + name + " cannot be used: " + (cause == null ? failed : cause), failed);
        } catch (LinkageError unlinked) {
            throw new NotFound(
                    "The class " + name + " cannot be used: " + unlinked
                            + ". If a library of the program is missing, add it to --classes",
                    unlinked);
        }
    }

    private static List<PartitionType<?>> inClass(Class<?> type, String only) {
        var found = new ArrayList<PartitionType<?>>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && (only.isEmpty() || field.getName().equals(only))) {
                collect(value(field), found);
            }
        }
        return found;
    }

    private static @Nullable Object value(Field field) {
        try {
            return field.trySetAccessible() ? field.get(null) : null;
        } catch (IllegalAccessException closed) {
            throw new NotFound(field + " cannot be read", closed);
        }
    }

    private static void collect(@Nullable Object value, List<PartitionType<?>> into) {
        switch (value) {
            case PartitionType<?> type -> into.add(type);
            case Collection<?> several -> several.forEach(each -> collect(each, into));
            case Map<?, ?> named -> named.values().forEach(each -> collect(each, into));
            case null, default -> {
                // Another field.
            }
        }
    }

    @Override
    public void close() {
        try {
            classes.close();
        } catch (IOException _) {
            // Nothing was written through it.
        }
    }
}
