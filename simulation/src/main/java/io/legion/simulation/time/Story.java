package io.legion.simulation.time;

import java.util.function.Consumer;
import java.util.function.Supplier;

/// What happened, one line each: time, who, what. Costs nothing when nobody listens.
public final class Story {
    private final Timeline timeline;
    private final Consumer<String> listener;
    private final boolean told;
    private final boolean everything;

    /// A story that the listener hears.
    ///
    /// @param everything true to tell each message too, not only what matters to people
    public Story(Timeline timeline, Consumer<String> listener, boolean everything) {
        this(timeline, listener, true, everything);
    }

    private Story(Timeline timeline, Consumer<String> listener, boolean told, boolean everything) {
        this.timeline = timeline;
        this.listener = listener;
        this.told = told;
        this.everything = everything;
    }

    /// A story without a listener.
    public static Story silent(Timeline timeline) {
        return new Story(timeline, _ -> {}, false, false);
    }

    /// Tells what a reader wants to know.
    public void tell(String who, Supplier<String> what) {
        if (told) {
            listener.accept(line(who, what));
        }
    }

    /// Tells what only a close look needs.
    public void detail(String who, Supplier<String> what) {
        if (everything) {
            listener.accept(line(who, what));
        }
    }

    private String line(String who, Supplier<String> what) {
        long micros = timeline.micros();
        var text = new StringBuilder(80);
        String millis = Long.toString(micros / 1000);
        String rest = Long.toString(1000 + micros % 1000).substring(1);
        text.repeat(" ", Math.max(0, 6 - millis.length()))
                .append(millis)
                .append('.')
                .append(rest);
        text.append("  ").append(who).repeat(" ", Math.max(1, 9 - who.length()));
        return text.append(what.get()).toString();
    }
}
