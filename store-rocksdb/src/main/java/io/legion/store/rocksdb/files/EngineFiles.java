package io.legion.store.rocksdb.files;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Where the engine of a store is, and which of its tables are known to be damaged. A store that was damaged gets
/// a new engine beside the old one, so that one replacement of the [Marker] puts it in place.
///
/// @param directory the name of the engine's directory in that of the store
/// @param damaged the names of damaged tables, which the engine must not merge into others
/// @param suspects the number of the last table of those of which one is damaged, and nobody knows which; 0 for none
public record EngineFiles(String directory, NavigableSet<String> damaged, long suspects) {

    private static final String NAME = "rocksdb";
    private static final String DIRECTORY = "engine";
    private static final String DAMAGED = "damagedTables";
    private static final String SUSPECTS = "damagedUpTo";

    /// Of a store that was never damaged.
    static final EngineFiles FIRST = new EngineFiles(NAME, new TreeSet<>(), 0);

    public EngineFiles {
        if (!isName(directory)) {
            throw new IllegalArgumentException("'" + directory + "' is not the name of an engine's directory");
        }
        damaged = Collections.unmodifiableNavigableSet(new TreeSet<>(damaged));
    }

    /// True if an engine's directory may be called that.
    static boolean isName(String name) {
        return name.matches(NAME + "(-\\d{1,9})?");
    }

    /// A new engine, after this one.
    public EngineFiles next() {
        int number = directory.equals(NAME) ? 0 : Integer.parseInt(directory.substring(NAME.length() + 1));
        return new EngineFiles(NAME + "-" + (number + 1), new TreeSet<>(), 0);
    }

    public boolean isDamaged() {
        return !damaged.isEmpty() || suspects > 0;
    }

    public EngineFiles withDamaged(NavigableSet<String> tables) {
        return new EngineFiles(directory, tables, suspects);
    }

    public EngineFiles withSuspects(long last) {
        return new EngineFiles(directory, damaged, last);
    }

    /// As lines of `name=value`; none for an engine that was never damaged.
    String toText() {
        var lines = new ArrayList<String>();
        if (!directory.equals(NAME)) {
            lines.add(DIRECTORY + "=" + directory + "\n");
        }
        if (!damaged.isEmpty()) {
            lines.add(DAMAGED + "=" + String.join(",", damaged) + "\n");
        }
        if (suspects > 0) {
            lines.add(SUSPECTS + "=" + suspects + "\n");
        }
        return String.join("", lines);
    }

    /// Reads the lines of [#toText()] among others.
    ///
    /// @throws IllegalArgumentException if they are something else
    static EngineFiles parse(Map<String, String> values) {
        var damaged = values.get(DAMAGED);
        return new EngineFiles(
                values.getOrDefault(DIRECTORY, NAME),
                damaged == null ? new TreeSet<>() : new TreeSet<>(List.of(damaged.split(",", -1))),
                Long.parseLong(values.getOrDefault(SUSPECTS, "0")));
    }
}
