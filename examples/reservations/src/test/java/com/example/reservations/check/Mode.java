package com.example.reservations.check;

import java.util.Locale;

/// How the callers of a part of the load ask, and so what they may rely on.
enum Mode {
    FINAL("final", "final", false),
    DURABLE("durable", "fast", false),
    DURABLE_SESSION("durable", "fast", true),
    FAST_SESSION("fast", "fast", true);

    private final String answer;
    private final String readAnswer;
    private final boolean hasSessions;

    Mode(String answer, String readAnswer, boolean hasSessions) {
        this.answer = answer;
        this.readAnswer = readAnswer;
        this.hasSessions = hasSessions;
    }

    /// The answers that requests want, as the query names them.
    String answer() {
        return answer;
    }

    /// The answers that reads want beside requests.
    String readAnswer() {
        return readAnswer;
    }

    /// True if each caller hands in what it has seen. Otherwise what one was answered, all others must see.
    boolean hasSessions() {
        return hasSessions;
    }

    /// The mode as a person writes it.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
