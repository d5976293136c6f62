package io.legion.service;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// Reads a configuration file into a record: one component is one key of the same name.
///
/// ```yaml
/// name: eu-1
/// lease: 90s
/// log:
///   file:
///     file: logs/node.log
///     maximumSize: 16 MiB
/// ```
///
/// | component | in the file |
/// | --- | --- |
/// | `String`, `Path` | text |
/// | `int`, `long`, `double`, `boolean` | a number, `true` or `false` |
/// | `Duration` | `250ms`, `30s`, `5m`, `2h`, `1d` |
/// | [ByteSize] | `1000`, `64 KiB`, `256 MiB`, `2 GiB` |
/// | an enum | the constant's name in lower case, with `-` for `_` |
/// | a record | a group of keys |
/// | a sealed interface of records | a record's name (`file` for `File`) with its group of keys, or that name alone |
/// | `List<T>` | a list |
/// | `Map<String, T>` | a group of keys of the user's choice, kept in their order |
///
/// A component is optional if it has a [Default] or is `@Nullable` (then it is null). A missing group counts as
/// an empty one if nothing in it is required. Everything else is required. When the record's constructor throws
/// an [IllegalArgumentException], it becomes a [ConfigurationException] that names the line.
///
/// The records must be reachable: public in an exported package, or in a package that is open to this module
/// (`opens my.app to io.legion.service`).
public final class Configuration {

    /// People write configurations; a longer file is something else.
    static final int MAX_BYTES = 1024 * 1024;

    private Configuration() {}

    /// Reads a file.
    ///
    /// @throws ConfigurationException if the file cannot be read, is not YAML, or does not fit the record
    /// @throws IllegalArgumentException if `type` itself cannot be read from a file: a mistake of the program
    public static <R extends Record> R read(Path file, Class<R> type) {
        return parse(file.toString(), text(file), type);
    }

    /// Reads a text.
    ///
    /// @param name what messages call it
    /// @throws ConfigurationException if the text is not YAML, or does not fit the record
    /// @throws IllegalArgumentException if `type` itself cannot be read from a file: a mistake of the program
    public static <R extends Record> R parse(String name, String text, Class<R> type) {
        var document = YamlDocument.parse(name, text);
        return type.cast(new RecordReader(name).record(document, type, ""));
    }

    /// The record that an empty file would give.
    ///
    /// @throws IllegalArgumentException if a component is required: a mistake of the program
    public static <R extends Record> R defaults(Class<R> type) {
        return defaults(type, Map.of());
    }

    /// The record that a file with these values alone would give.
    ///
    /// @param given the values of some components, by their names
    /// @throws IllegalArgumentException if the record's constructor throws it; or if another component is required,
    ///     or there is no component of that name: a mistake of the program
    public static <R extends Record> R defaults(Class<R> type, Map<String, ?> given) {
        return type.cast(new RecordReader("the defaults of " + type.getSimpleName()).defaults(type, given));
    }

    /// The same record with another value for one component.
    ///
    /// @param component its name
    /// @throws IllegalArgumentException if the record's constructor throws it; or if there is no such component, or
    ///     the value is not of its type: a mistake of the program
    public static <R extends Record> R with(R record, String component, Object value) {
        var reader = new RecordReader(record.getClass().getSimpleName());
        @SuppressWarnings("unchecked") // a record's class is that of the record
        var same = (R) reader.with(record, component, value);
        return same;
    }

    private static String text(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigurationException("The configuration " + file + " is a directory; name the file in it.");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new ConfigurationException(
                        "The configuration " + file + " is longer than " + new ByteSize(MAX_BYTES) + ".");
            }
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new ConfigurationException("There is no configuration file " + file + ".", missing);
        } catch (CharacterCodingException binary) {
            throw new ConfigurationException("The configuration " + file + " is not UTF-8 text.", binary);
        } catch (IOException failure) {
            throw new ConfigurationException("The configuration " + file + " cannot be read: " + failure, failure);
        }
    }
}
