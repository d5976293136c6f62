package io.legion.core.codec;

import java.net.URI;
import java.util.Locale;

/// One text for equal URIs: [URI] ignores the case of the scheme, of the host and of escaped bytes.
final class CanonicalUri {
    private CanonicalUri() {}

    static String text(URI uri) {
        StringBuilder text = new StringBuilder(uri.toString());
        if (uri.getScheme() != null) {
            lower(text, 0, uri.getScheme().length());
        }
        if (uri.getHost() != null) {
            int authority = text.indexOf("//") + 2;
            int host = uri.getRawUserInfo() == null
                    ? authority
                    : authority + uri.getRawUserInfo().length() + 1;
            lower(text, host, host + uri.getHost().length());
        }
        for (int i = text.indexOf("%"); i >= 0; i = text.indexOf("%", i + 1)) {
            text.replace(i, i + 3, text.substring(i, i + 3).toUpperCase(Locale.ROOT));
        }
        return text.toString();
    }

    private static void lower(StringBuilder text, int from, int to) {
        text.replace(from, to, text.substring(from, to).toLowerCase(Locale.ROOT));
    }
}
