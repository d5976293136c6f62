package io.legion.http;

import java.util.Map;

/// A refusal as the JSON of RFC 9457.
final class ProblemDetails {
    /// The names of RFC 9110 and RFC 6585 for what a server refuses.
    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(408, "Request Timeout"),
            Map.entry(409, "Conflict"),
            Map.entry(413, "Content Too Large"),
            Map.entry(414, "URI Too Long"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(421, "Misdirected Request"),
            Map.entry(431, "Request Header Fields Too Large"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(501, "Not Implemented"),
            Map.entry(503, "Service Unavailable"),
            Map.entry(504, "Gateway Timeout"),
            Map.entry(505, "HTTP Version Not Supported"));

    private ProblemDetails() {}

    static String of(int status, String detail) {
        var title = TITLES.getOrDefault(status, status < 500 ? "Refused" : "Failed");
        return "{\"type\":\"about:blank\",\"title\":" + JsonText.quoted(title) + ",\"status\":" + status
                + ",\"detail\":" + JsonText.quoted(detail) + "}";
    }
}
