package io.legion.documentation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.legion.core.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The program of `docs/codec.md`.
final class CodecExampleTest {

    record Account(long cents, @Nullable String owner) {}

    @Test
    void theFormatIsTheOneInTheFile() throws IOException {
        // region: format
        var format = Files.readString(Path.of("src/test/resources/account.schema"));
        assertEquals(format, Codec.describe(Account.class));
        // end: format
    }
}
