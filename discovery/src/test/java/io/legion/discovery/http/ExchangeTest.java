package io.legion.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final class Body implements ApiReply.Stream {
        int written;
        int abandoned;

        @Override
        public void write(OutputStream out) throws IOException {
            written++;
            throw new IOException("planted");
        }

        @Override
        public void abandon() {
            abandoned++;
        }
    }

    private final Body body = new Body();

    @Test
    void aBodyThatCanNotBeginIsToldSo() {
        assertThatThrownBy(() -> Exchange.stream(body, () -> {
                    throw new UncheckedIOException(new IOException("gone"));
                }))
                .isInstanceOf(IOException.class);
        assertThat(body.abandoned).isEqualTo(1);
        assertThat(body.written).isZero();
    }

    @Test
    void aBodyThatBeganIsNotAbandoned() {
        assertThatThrownBy(() -> Exchange.stream(body, ByteArrayOutputStream::new))
                .hasMessage("planted");
        assertThat(body.written).isEqualTo(1);
        assertThat(body.abandoned).isZero();
    }
}
