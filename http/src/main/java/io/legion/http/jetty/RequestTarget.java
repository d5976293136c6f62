package io.legion.http.jetty;

import io.legion.http.HttpException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request is about: its path, cut at its slashes and then decoded, so that an encoded slash is a part
/// of a segment; and its query.
record RequestTarget(List<String> segments, Map<String, List<String>> query) {
    /// @param path as it was sent
    /// @param query as it was sent; null if there is none
    /// @throws HttpException 400 if they are not percent-encoded UTF-8
    static RequestTarget of(String path, @Nullable String query) {
        var segments = Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(RequestTarget::decoded)
                .toList();
        return new RequestTarget(segments, query == null ? Map.of() : parameters(query));
    }

    private static Map<String, List<String>> parameters(String raw) {
        var parameters = new HashMap<String, List<String>>();
        for (var pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decoded((equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' '));
                var value = equals < 0 ? "" : decoded(pair.substring(equals + 1).replace('+', ' '));
                parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder() // it refuses what is no UTF-8, such as half a surrogate pair
                    .decode(ByteBuffer.wrap(bytes(text)))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException malformed) {
            throw HttpException.badRequest("this is not percent-encoded UTF-8: " + text);
        }
    }

    private static byte[] bytes(String text) {
        var out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                out.write(digit(text, i + 1) << 4 | digit(text, i + 2));
                i += 2;
            } else {
                out.writeBytes(String.valueOf(text.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static int digit(String text, int at) {
        int digit = at < text.length() && text.charAt(at) < 0x80 ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("no hexadecimal digit");
        }
        return digit;
    }
}
