package io.legion.discovery.answer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.ApiReply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ListRepliesTest {
    private static final InetAddress CLIENT = InetAddress.getLoopbackAddress();

    private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.1");

    private final ListReplies answers = new ListReplies();

    @Test
    void aSmallBodyIsMadeWholeAndALargeOneAsItGoes() throws IOException {
        assertThat(answers.of(CLIENT, "text/plain", 10, body(10)).stream()).isNull();
        var large = answers.of(CLIENT, "text/plain", ListReplies.SMALL + 1, body(ListReplies.SMALL + 1));
        var out = new ByteArrayOutputStream();
        requireNonNull(large.stream()).write(out);
        assertThat(out.size()).isEqualTo(ListReplies.SMALL + 1);
    }

    @Test
    void aBodyIsSmallUpToTheBound() {
        assertThat(ListReplies.small(body(ListReplies.SMALL)).orElseThrow()).hasSize(ListReplies.SMALL);
        assertThat(ListReplies.small(body(ListReplies.SMALL + 1))).isEmpty();
        assertThat(ListReplies.small(body(ListReplies.SMALL + 1).gzipped())).isPresent();
    }

    @Test
    void aBodyIsTheSameWhenItIsCompressed() throws IOException {
        var packed = ListReplies.small(body(100_000).gzipped()).orElseThrow();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes())
                .isEqualTo(ListReplies.small(body(100_000)).orElseThrow());
    }

    @Test
    void aFaultIsNoLargeBody() {
        assertThatThrownBy(() -> ListReplies.small(_ -> {
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
    }

    @Test
    void onlySomeLargeBodiesGoAtOnceAndEachGivesItsPlaceBack() throws IOException {
        var under = new ArrayList<ApiReply.Stream>();
        for (var reply = large(); reply.status() == 200; reply = large()) {
            under.add(requireNonNull(reply.stream()));
        }
        assertThat(under).hasSize(32);
        under.get(0).abandon();
        assertThat(large().status()).isEqualTo(200);
        assertThat(large().status()).isEqualTo(503);
        under.get(1).write(new ByteArrayOutputStream());
        assertThat(large().status()).isEqualTo(200);
        assertThat(answers.large(OTHER, "text/plain", body(10)).status()).isEqualTo(200);
    }

    private ApiReply large() {
        return answers.large(CLIENT, "text/plain", body(10));
    }

    private static Rendering body(int length) {
        return out -> {
            for (int i = 0; i < length; i++) {
                out.write('a' + i % 20);
            }
        };
    }
}
