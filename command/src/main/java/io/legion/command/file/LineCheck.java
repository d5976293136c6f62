package io.legion.command.file;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Checks that a line has a key and a state. Only the program that has the type can read the state.
final class LineCheck {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private LineCheck() {}

    /// Why this is no partition; empty if it may be one.
    static String problem(String line) {
        try {
            var json = MAPPER.readTree(line);
            if (!json.isObject() || json.size() != 2 || !json.has("key") || !json.has("state")) {
                return "a line is {\"key\": ..., \"state\": ...}, and this one is not";
            }
            return KeyMember.problem(json.path("key"));
        } catch (JacksonException malformed) {
            var reason = String.valueOf(malformed.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("malformed");
            return "this is no JSON: " + reason;
        }
    }
}
