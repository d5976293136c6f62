package io.legion.core.codec;

import java.io.Serial;

/// Ends the writing of a value that takes more bytes than the try allows. It has no stack trace, since every
/// event that changes a large value may try it.
final class Full extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Full() {
        super("the output takes no more", null, false, false);
    }
}
