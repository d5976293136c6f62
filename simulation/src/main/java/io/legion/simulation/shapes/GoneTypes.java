package io.legion.simulation.shapes;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Directories of shapes whose types are not among the present ones.
final class GoneTypes {
    private final ShapeDirectory directory;
    private final List<Path> places;

    GoneTypes(ShapeDirectory directory, List<TypeCheck> checks) {
        var present =
                checks.stream().map(check -> directory.of(check.type().name())).collect(Collectors.toSet());
        this.directory = directory;
        this.places = directory.typeDirectories().stream()
                .filter(place -> !present.contains(place))
                .toList();
    }

    /// What is kept of them.
    List<KeptShape> shapes() {
        return places.stream()
                .flatMap(place -> directory.keptIn(place).values().stream())
                .toList();
    }

    List<String> problems() {
        return places.stream()
                .map(place -> "The type whose shapes are in " + place
                        + " is gone.\n  Why it matters: its partitions are in"
                        + " stores, and older releases serve them; under another name nobody finds them.\n  What to do: if"
                        + " the type was renamed, give it its name back. If this check was not given all types of the"
                        + " service, give it all. If no cluster has such partitions any more, delete the directory.")
                .toList();
    }
}
