package io.legion.operations.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The documents of a YAML file as trees; JSON is YAML too.
final class YamlFile {
    private static final JsonMapper MAPPER = new JsonMapper();

    private YamlFile() {}

    static List<JsonNode> read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<JsonNode> parse(String text) {
        // Refuses a key that is there twice, and puts values in the place of aliases.
        var settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
        var documents = new Load(settings).loadAllFromString(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .<JsonNode>map(MAPPER::valueToTree)
                .toList();
    }
}
