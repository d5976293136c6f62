package io.legion.discovery.eureka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.HttpException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTextTest {
    private static final String TEXT = "<a><b>\u00e4\u20ac</b></a>";

    @Test
    void itIsInUtf8UnlessItSaysOtherwise() {
        assertThat(read(TEXT.getBytes(UTF_8))).isEqualTo("\u00e4\u20ac");
        assertThat(read(("\ufeff" + TEXT).getBytes(UTF_8))).isEqualTo("\u00e4\u20ac");
        assertThat(read(("<?xml version=\"1.0\" encoding='utf-8'?>" + TEXT).getBytes(UTF_8)))
                .isEqualTo("\u00e4\u20ac");
    }

    @Test
    void aDeclaredEncodingAndAMarkAreKept() {
        assertThat(read("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a><b>\u00e4</b></a>".getBytes(ISO_8859_1)))
                .isEqualTo("\u00e4");
        assertThat(read(TEXT.getBytes(UTF_16))).isEqualTo("\u00e4\u20ac");
        assertThat(read(("\ufeff<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + TEXT).getBytes(UTF_16LE)))
                .isEqualTo("\u00e4\u20ac");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>\u00c3</a>",
                "<a>\u00ed\u00a0\u00bd</a>",
                "<?xml version=\"1.0\" encoding=\"US-ASCII\"?><a>\u00e4</a>",
                "<?xml version=\"1.0\" encoding=\"nonsense\"?><a/>",
                "<?xml version=\"1.0\" encoding=\" \"?><a/>",
                "\u00fe\u00ff\u00d8",
                ""
            })
    void whatIsNoTextIsRefused(String bytes) {
        assertThatThrownBy(() -> XmlTree.read(bytes.getBytes(ISO_8859_1)))
                .isInstanceOf(HttpException.class)
                .extracting("status")
                .isEqualTo(400);
    }

    private static String read(byte[] body) {
        return XmlTree.read(body).get("b").asString();
    }
}
