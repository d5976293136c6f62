package io.legion.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A method and a path that the server answers.
///
/// @param method `GET` and so on
/// @param path its segments separated by slashes; a segment in braces is a variable
/// @param handler what answers
/// @param anonymous whether it answers who shows no token and no password, where the server wants one
public record Route(String method, String path, Handler handler, boolean anonymous) {
    /// For those whom the server lets in.
    public Route(String method, String path, Handler handler) {
        this(method, path, handler, false);
    }

    /// For everybody, also where the server wants a token or a password.
    public static Route anonymous(String method, String path, Handler handler) {
        return new Route(method, path, handler, true);
    }

    /// What answers a request, on the request's own virtual thread.
    @FunctionalInterface
    public interface Handler {
        /// The reply.
        ///
        /// @throws HttpException to refuse
        ApiReply handle(ApiRequest request);
    }

    /// The values of the variables, if the path fits.
    Optional<Map<String, String>> match(List<String> segments) {
        var wanted = segmentsOf(path);
        if (wanted.size() != segments.size()) {
            return Optional.empty();
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < wanted.size(); i++) {
            var want = wanted.get(i);
            if (want.startsWith("{")) {
                variables.put(want.substring(1, want.length() - 1), segments.get(i));
            } else if (!want.equals(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    /// RFC 9110, 9.3.2: HEAD is answered as GET is, without the body.
    boolean answers(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }

    static List<String> segmentsOf(String path) {
        return Arrays.stream(path.split("/", -1)).filter(s -> !s.isEmpty()).toList();
    }
}
