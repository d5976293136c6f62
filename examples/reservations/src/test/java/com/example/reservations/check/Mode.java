package com.example.reservations.check;

/// How the callers of a part of the load ask, and so what they may rely on.
enum Mode {
    FINAL("final", false),
    DURABLE("durable", false),
    DURABLE_SESSION("durable", true),
    FAST_SESSION("fast", true);

    private final String answer;
    private final boolean hasSessions;

    Mode(String answer, boolean hasSessions) {
        this.answer = answer;
        this.hasSessions = hasSessions;
    }

    /// What the query names.
    String answer() {
        return answer;
    }

    /// True if each caller hands in what it has seen. Otherwise what one was answered, all others must see.
    boolean hasSessions() {
        return hasSessions;
    }

    /// The mode as a person writes it.
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
