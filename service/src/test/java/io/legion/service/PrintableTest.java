package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Texts of strangers, as a terminal shows them.
final class PrintableTest {
    @Test
    void aTextKeepsItsLinesAndALineKeepsNone() {
        assertThat(Printable.text("a\n\tb\r")).isEqualTo("a\n\tb\\u000d");
        assertThat(Printable.line("a\n\tb")).isEqualTo("a\\u000a\\u0009b");
    }

    @Test
    void whatSteersTheTerminalOrTurnsLettersIsEscaped() {
        assertThat(Printable.line("\u001b[2J \u202e \u2028 \ufeff")).isEqualTo("\\u001b[2J \\u202e \\u2028 \\ufeff");
    }

    @Test
    void charactersBeyondTheFirst65536AreJudgedWhole() {
        assertThat(Printable.line("a \ud83d\ude00")).isEqualTo("a \ud83d\ude00");
        var tag = Character.toString(0xe0041);
        assertThat(Printable.line("a" + tag)).isEqualTo("a\\udb40\\udc41");
        assertThat(Printable.text("\ud834\udd73")).isEqualTo("\\ud834\\udd73");
    }

    @Test
    void halfOfAPairIsEscaped() {
        assertThat(Printable.line("a\ud83d b\ude00")).isEqualTo("a\\ud83d b\\ude00");
    }
}
