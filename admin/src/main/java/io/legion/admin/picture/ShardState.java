package io.legion.admin.picture;

/// How a shard is, the worst first.
public enum ShardState {
    /// Its copy at the node that should serve it has stopped, or the store there takes no changes.
    STOPPED('X'),
    /// No majority of its participants reach each other: it answers FAST only.
    NO_MAJORITY('N'),
    /// No node that could be asked knows how it is.
    NOT_KNOWN('?'),
    /// Copies of it differ.
    DIVERGENT('D'),
    /// Some answers wait.
    WAITING('W'),
    /// A change of its participants is being decided: nothing folds until then.
    FROZEN('F'),
    /// It serves everything, and another node copies it.
    COPYING('C'),
    /// It serves everything.
    SERVING('S');

    private final char letter;

    ShardState(char letter) {
        this.letter = letter;
    }

    /// A letter of its own.
    public char letter() {
        return letter;
    }
}
