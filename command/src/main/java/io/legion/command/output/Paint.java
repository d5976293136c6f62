package io.legion.command.output;

/// Colours a text, or leaves it as it is. A colour only repeats what the words say.
///
/// @param on whether the terminal shows colours
public record Paint(boolean on) {
    /// What a colour stands for.
    public enum Tone {
        GOOD("32"),
        WARNING("33"),
        BAD("31;1"),
        QUIET("2"),
        HEAD("1"),
        PLAIN("");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    public String of(Tone tone, String text) {
        return on && !tone.code.isEmpty() && !text.isBlank() ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }
}
