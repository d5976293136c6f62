package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.swagger.v3.core.util.Yaml31;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The OpenAPI document of the service, and whether replies are as it says.
final class Description {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode document;

    /// @param yaml the document, which must be valid
    Description(String yaml) throws IOException {
        var options = new ParseOptions();
        options.setResolve(true);
        var parsed = new OpenAPIV3Parser().readContents(yaml, null, options);
        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).startsWith("3.1");
        document = Yaml31.mapper().readTree(yaml);
    }

    /// The methods and paths of all routes.
    List<String> routes() {
        var routes = new ArrayList<String>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> routes.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return routes;
    }

    /// Fails unless the document has this reply to this route.
    void requireDescribed(String method, String path, int status, String type, String body) throws IOException {
        var responses = document.at("/paths")
                .get(path)
                .get(method.toLowerCase(java.util.Locale.ROOT))
                .get("responses");
        var response = resolved(
                responses.has(String.valueOf(status))
                        ? responses.get(String.valueOf(status))
                        : responses.get("default"));
        var media = response.get("content").get(type);
        assertThat(media).as(type + " of " + path).isNotNull();
        assertThat(schema(media.get("schema")).validate(MAPPER.readTree(body)))
                .as(path + ": " + body)
                .isEmpty();
    }

    private JsonNode resolved(JsonNode response) {
        return response.has("$ref") ? document.at(response.get("$ref").asText().substring(1)) : response;
    }

    /// With the components of the document beside it, to which it refers.
    private JsonSchema schema(JsonNode schema) {
        var whole = MAPPER.createObjectNode();
        whole.putArray("allOf").add(schema);
        whole.set("components", document.get("components"));
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole, config);
    }
}
