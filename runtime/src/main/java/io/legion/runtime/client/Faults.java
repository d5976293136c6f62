package io.legion.runtime.client;

import java.util.Set;

/// Tells the mistakes of a program from its ways to say no. An `apply` may throw to refuse
/// (`IllegalStateException`, an exception of the program's own): that is an answer. Some exceptions nobody
/// throws to say no; they come of a null, a wrong cast, an index, a division, or a result that is none.
final class Faults {
    private static final Set<String> MISTAKES = Set.of(
            "java.lang.ArithmeticException",
            "java.lang.ArrayIndexOutOfBoundsException",
            "java.lang.ArrayStoreException",
            "java.lang.ClassCastException",
            "java.lang.IndexOutOfBoundsException",
            "java.lang.MatchException",
            "java.lang.NegativeArraySizeException",
            "java.lang.NullPointerException",
            "java.lang.StringIndexOutOfBoundsException",
            "java.lang.UnsupportedOperationException",
            "java.util.ConcurrentModificationException",
            "io.legion.core.CodecException");

    private Faults() {}

    /// True if this is the reason of a fault, and not of a no.
    ///
    /// @param reason of a failed event: the name of the exception's class, and its message after a colon
    static boolean isFault(String reason) {
        int colon = reason.indexOf(':');
        String thrown = colon < 0 ? reason : reason.substring(0, colon);
        return MISTAKES.contains(thrown) || isError(thrown);
    }

    /// One of the Java platform, such as an `AssertionError` or a `NoClassDefFoundError`.
    private static boolean isError(String thrown) {
        return thrown.startsWith("java.") && thrown.endsWith("Error");
    }
}
