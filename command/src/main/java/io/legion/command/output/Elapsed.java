package io.legion.command.output;

import java.time.Duration;
import java.time.Instant;

/// How long something takes or is ago, in its largest unit.
public final class Elapsed {
    private Elapsed() {}

    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.negated());
        }
        if (time.toSeconds() < 1) {
            return time.toMillis() + " ms";
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
    }

    /// When something was, seen from `now`; the clocks of two machines may differ.
    public static String ago(Instant then, Instant now) {
        var past = Duration.between(then, now);
        if (past.toSeconds() == 0) {
            return "just now";
        }
        return past.isNegative() ? "in " + of(past.negated()) : of(past) + " ago";
    }
}
