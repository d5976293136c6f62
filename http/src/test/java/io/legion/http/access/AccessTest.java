package io.legion.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.http.Authentication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private static final Authentication BOTH = new Authentication("t0ken", null, "eureka", "pass:word", null);

    @TempDir
    private Path directory;

    @Test
    void whoShowsTheTokenOrThePasswordMayGoOn() {
        var access = Access.of(BOTH);
        assertThat(access.refusal("Bearer t0ken")).isEmpty();
        assertThat(access.refusal("bearer  t0ken ")).isEmpty();
        assertThat(access.refusal(basic("eureka:pass:word"))).isEmpty();
    }

    @Test
    void everybodyElseIsRefused() {
        var access = Access.of(BOTH);
        for (var wrong : new String[] {
            null,
            "",
            "Bearer",
            "Bearer ",
            "Bearer t0ke",
            "Bearer t0kenn",
            "t0ken",
            "Basic",
            "Basic %%%",
            "Basic ",
            basic("eureka:pass"),
            basic("eureka"),
            basic(":pass:word"),
            basic("t0ken"),
            "Digest t0ken",
            "Bearer eureka:pass:word"
        }) {
            assertThat(access.refusal(wrong)).as(wrong).hasValueSatisfying(reply -> {
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.headers().get("WWW-Authenticate"))
                        .startsWith("Basic ")
                        .contains(", Bearer ");
            });
        }
    }

    @Test
    void blanksAroundATokenDoNotCount() {
        var access = Access.of(new Authentication(" t0ken ", null, null, null, null));
        assertThat(access.refusal("Bearer t0ken")).isEmpty();
    }

    @Test
    void withoutASettingEverybodyMayGoOn() {
        assertThat(Access.of(null).refusal(null)).isEmpty();
    }

    @Test
    void secretsComeFromFiles() throws IOException {
        var token = Files.writeString(directory.resolve("token"), "abc\n");
        var access = Access.of(new Authentication(null, token, null, null, null));
        assertThat(access.refusal("Bearer abc")).isEmpty();
        assertThat(access.refusal("Bearer abcd")).isPresent();
        var empty = Files.writeString(directory.resolve("empty"), "\n");
        assertThatThrownBy(() -> Access.of(new Authentication(null, empty, null, null, null)))
                .hasMessageContaining("token is empty in the file");
        assertThatThrownBy(() -> Access.of(new Authentication(null, directory.resolve("none"), null, null, null)))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void whatIsMissingOrGivenTwiceIsRefused() {
        assertThatThrownBy(() -> new Authentication(null, null, null, null, null))
                .hasMessageContaining("give a token");
        assertThatThrownBy(() -> new Authentication(null, null, "u", null, null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication(null, null, null, "p", null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication("t", Path.of("t"), null, null, null))
                .hasMessageContaining("either token or tokenFile");
        assertThatThrownBy(() -> new Authentication(null, null, "a:b", "p", null))
                .hasMessageContaining("colon");
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
