package io.legion.command.asking;

import io.legion.command.client.ReplyPart;
import io.legion.command.output.Words;

/// What is true of the versions of a partition type, in a few words.
public final class TypeWords {
    private TypeWords() {}

    /// Which version is active.
    public static String active(ReplyPart type) {
        long least = type.count("least");
        long most = type.count("most");
        if (most == 0) {
            return "not active yet";
        }
        if (least == 0) {
            return "version " + most + " in some shards";
        }
        return least == most ? "version " + most : "versions " + least + " to " + most;
    }

    /// How far the newest version is, after its number; empty if it is active.
    public static String next(ReplyPart type) {
        var newest = type.text("newest");
        return switch (type.text("state")) {
            case "LACKING" ->
                newest + " waits for " + Words.count(type.texts("lacking").size(), "node");
            case "HELD" -> newest + " is held";
            case "RISING" -> newest + " becomes active";
            default -> "";
        };
    }
}
