package io.legion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RequestIdTest {
    @Test
    void anIdFromTextIsTheBeginningOfTheSha256OfItsUtf8() {
        // sha256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 ...
        assertThat(RequestId.of("abc")).isEqualTo(new RequestId(0xba7816bf8f01cfeaL | 1, 0x414140de5dae2223L));
        assertThat(RequestId.of(Bytes.of("abc"))).isEqualTo(RequestId.of("abc"));
        assertThat(RequestId.of("\u00e9")).isEqualTo(RequestId.of(Bytes.of("\u00e9")));
    }

    @Test
    void idsFromTextAreSingleOnesAndThoseOfAClientAreNot() {
        for (int i = 0; i < 100; i++) {
            assertThat(RequestId.of("text " + i).isSingle()).isTrue();
            assertThat(new RequestId(RequestId.client(i), 7).isSingle()).isFalse();
        }
    }

    @Test
    void whatNoIdCanBeMadeFromIsRefused() {
        assertThatThrownBy(() -> RequestId.of(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a request id is made from 1 to 1024 bytes, not from 0");
        assertThatThrownBy(() -> RequestId.of("x".repeat(1025)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a request id is made from 1 to 1024 bytes, not from 1025");
        assertThat(RequestId.of("x".repeat(1024)).isSingle()).isTrue();
        assertThatThrownBy(() -> RequestId.of("a\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("half of a surrogate pair");
    }
}
