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
    private static final Authentication BOTH = new Authentication("t0ken", null, "eureka", "pass:word", null, null);

    @TempDir
    private Path directory;

    @Test
    void whoShowsTheTokenOrThePasswordMayGoOn() {
        var access = Access.of(BOTH);
        assertThat(access.caller("Bearer t0ken", null)).contains("the bearer of the token");
        assertThat(access.caller("bearer  t0ken ", null)).contains("the bearer of the token");
        assertThat(access.caller(basic("eureka:pass:word"), null)).contains("eureka");
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
            assertThat(access.caller(wrong, null)).as(wrong).isEmpty();
        }
        assertThat(access.refusal().status()).isEqualTo(401);
        assertThat(access.refusal().headers().get("WWW-Authenticate"))
                .startsWith("Basic ")
                .contains(", Bearer ");
    }

    @Test
    void aCertificateCountsOnlyWhereAnAuthorityIsConfigured() {
        assertThat(Access.of(BOTH).caller(null, "CN=somebody")).isEmpty();
        var access = Access.of(new Authentication(null, null, null, null, null, Path.of("authority.pem")));
        assertThat(access.caller(null, "CN=somebody")).contains("CN=somebody");
        assertThat(access.caller("Bearer t0ken", null)).isEmpty();
        assertThat(access.refusal().headers()).doesNotContainKey("WWW-Authenticate");
    }

    @Test
    void blanksAroundATokenDoNotCount() {
        var access = Access.of(new Authentication(" t0ken ", null, null, null, null, null));
        assertThat(access.caller("Bearer t0ken", null)).isPresent();
    }

    @Test
    void withoutASettingEverybodyMayGoOn() {
        assertThat(Access.of(null).caller(null, null)).contains("anonymous");
    }

    @Test
    void secretsComeFromFiles() throws IOException {
        var token = Files.writeString(directory.resolve("token"), "abc\n");
        var access = Access.of(new Authentication(null, token, null, null, null, null));
        assertThat(access.caller("Bearer abc", null)).isPresent();
        assertThat(access.caller("Bearer abcd", null)).isEmpty();
        var empty = Files.writeString(directory.resolve("empty"), "\n");
        assertThatThrownBy(() -> Access.of(new Authentication(null, empty, null, null, null, null)))
                .hasMessageContaining("token is empty in the file");
        assertThatThrownBy(() -> Access.of(new Authentication(null, directory.resolve("none"), null, null, null, null)))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void whatIsMissingOrGivenTwiceIsRefused() {
        assertThatThrownBy(() -> new Authentication(null, null, null, null, null, null))
                .hasMessageContaining("give a token");
        assertThatThrownBy(() -> new Authentication(null, null, "u", null, null, null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication(null, null, null, "p", null, null))
                .hasMessageContaining("passwordFile");
        assertThatThrownBy(() -> new Authentication("t", Path.of("t"), null, null, null, null))
                .hasMessageContaining("either token or tokenFile");
        assertThatThrownBy(() -> new Authentication(null, null, "a:b", "p", null, null))
                .hasMessageContaining("colon");
    }

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
