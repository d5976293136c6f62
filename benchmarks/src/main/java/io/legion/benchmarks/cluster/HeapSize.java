package io.legion.benchmarks.cluster;

import java.util.List;
import java.util.regex.Pattern;

/// The heap of each node, as the JVM's options write it.
///
/// @param text such as `1g` or `512m`
record HeapSize(String text) {
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,5}[mg]");

    /// @throws IllegalArgumentException if the text is no size
    HeapSize {
        if (!SIZE.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no size such as 512m or 1g.");
        }
    }

    /// The JVM's options: the heap never grows, so that no run has a smaller one than another.
    List<String> flags() {
        return List.of("-Xms" + text, "-Xmx" + text);
    }
}
