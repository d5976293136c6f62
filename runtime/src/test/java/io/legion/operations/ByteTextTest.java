package io.legion.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How keys and tags are written for people.
class ByteTextTest {
    @ParameterizedTest
    @CsvSource({
        "ORDERS, 4f5244455253",
        "grün €, 6772c3bc6e20e282ac",
        "'', ''",
        "MAIL\\x00i92, 4d41494c00693932",
        "\\x7f\\x0a\\x1f, 7f0a1f",
        "C:\\\\x00, 433a5c783030",
        "0xff00, ff00",
        "0x30786666, 30786666"
    })
    void bytesAndTheirText(String text, String hex) {
        var bytes = Bytes.wrap(HexFormat.of().parseHex(hex));
        assertThat(ByteText.of(bytes)).isEqualTo(text);
        assertThat(ByteText.parse(text)).isEqualTo(bytes);
    }

    @Test
    void everyTextIsReadAsTheBytesThatItWasWrittenFor() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var raw = new byte[random.nextInt(12)];
            random.nextBytes(raw);
            for (int at = 0; i % 2 == 0 && at < raw.length; at++) {
                raw[at] = (byte) "\\x0017fA\0\n".charAt(random.nextInt(9));
            }
            var bytes = Bytes.wrap(raw);
            var text = ByteText.of(bytes);
            assertThat(ByteText.parse(text)).as(text).isEqualTo(bytes);
            assertThat(text).doesNotContainPattern("[\\x00-\\x1f\\x7f]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\", "\\x", "\\x0", "\\x41", "\\n", "\\\\\\"})
    void aBackslashThatBeginsNothingIsRefused(String text) {
        assertThatThrownBy(() -> ByteText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a backslash is written \\\\");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x0", "0xgg", "0x0g"})
    void whatBeginsAsHexadecimalAndIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> ByteText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two digits for each byte");
    }
}
