package io.legion.command.asking;

import io.legion.command.client.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much of a list a command shows.
public final class PageOptions {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "List at most so many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    /// This list, a page of it.
    public Target of(Target list) {
        return list.with("limit", limit);
    }

    /// With a parameter, if it was given.
    public static Target with(Target target, String name, @Nullable Object value) {
        return value == null ? target : target.with(name, value);
    }
}
