package io.legion.discovery.json;

import io.legion.http.HttpException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// JSON can escape half a character (`\\ud83d`), which has no UTF-8: what is in the registry could not be
/// written any more. A text cut by a client has it at its end.
final class WholeCharacters {
    private WholeCharacters() {}

    /// @throws HttpException 400 if a name or a text in the tree has half a character
    static void require(JsonNode node) {
        if (node.isString()) {
            require(node.stringValue());
        }
        node.propertyNames().forEach(WholeCharacters::require);
        node.forEach(WholeCharacters::require);
    }

    private static void require(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw HttpException.badRequest("the body has half a character (a single surrogate) in a text");
        }
    }
}
