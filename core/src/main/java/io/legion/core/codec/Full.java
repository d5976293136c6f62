package io.legion.core.codec;

import java.io.Serial;

/// Ends the writing of a value that takes more bytes than it was tried with. Without a trace of the stack, since
/// large values are tried for every event that changes them.
final class Full extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Full() {
        super("the output takes no more", null, false, false);
    }
}
