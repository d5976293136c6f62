package io.legion.runtime.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The release of Legion that this is, as the build has written it down.
final class Release {
    static final String NAME = read();

    private Release() {}

    private static String read() {
        var properties = new Properties();
        try (InputStream in = Release.class.getResourceAsStream("release.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the release of Legion cannot be read", unreadable);
        }
        return properties.getProperty("release", "unknown");
    }
}
