package io.legion.service;

import java.util.List;
import java.util.Map;

/// A piece of a YAML document that knows the line it is on, so that a message about it can name the line.
sealed interface YamlNode {

    /// Its first line, from 1.
    int line();

    /// What a message calls it.
    String describe();

    /// Any single value, as it is written.
    ///
    /// @param isNull whether it is written as nothing, `~` or `null`
    record Scalar(int line, String text, boolean isNull) implements YamlNode {
        @Override
        public String describe() {
            return isNull ? "empty" : "\"" + text + "\"";
        }
    }

    /// Keys with their values, in the order of the document.
    ///
    /// @param keyLines the line of each key
    record Mapping(int line, Map<String, YamlNode> values, Map<String, Integer> keyLines) implements YamlNode {

        int lineOf(String key) {
            return keyLines.getOrDefault(key, line);
        }

        @Override
        public String describe() {
            return "a group of keys";
        }
    }

    /// Values in their order.
    record Sequence(int line, List<YamlNode> values) implements YamlNode {
        @Override
        public String describe() {
            return "a list";
        }
    }
}
