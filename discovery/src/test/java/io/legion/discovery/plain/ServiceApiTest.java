package io.legion.discovery.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.TestRegistry;
import io.legion.discovery.WithRegistry;
import io.legion.discovery.json.Json;
import io.legion.discovery.registry.Announcement;
import io.legion.service.Logger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

@Timeout(60)
class ServiceApiTest extends WithRegistry {
    private static final String A1 = "/v1/services/orders/instances/a1";
    private static final String B = "/v1/services/orders/instances/b";

    @Test
    void anInstanceIsRegisteredRenewedAndDeregistered() {
        var reply = put(A1, "{\"address\":\"10.0.0.1\",\"port\":8080,\"version\":\"1.4.0\"}");
        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(json(reply).toString())
                .isEqualTo("{\"service\":\"ORDERS\",\"id\":\"a1\",\"status\":\"UP\",\"address\":\"10.0.0.1\","
                        + "\"host\":\"10.0.0.1\",\"port\":8080,\"version\":\"1.4.0\",\"leaseSeconds\":90,"
                        + "\"registered\":\"2023-11-14T22:13:20Z\",\"renewed\":\"2023-11-14T22:13:20Z\","
                        + "\"metadata\":{\"version\":\"1.4.0\"}}");
        clock.advance(Duration.ofSeconds(30));
        assertThat(registry.send("POST", A1 + "/heartbeat", "").statusCode()).isEqualTo(204);
        assertThat(json(registry.get(A1)).get("renewed").asString()).isEqualTo("2023-11-14T22:13:50Z");
        assertThat(put(A1, "{\"address\":\"10.0.0.2\",\"port\":8080}").statusCode())
                .isEqualTo(200);
        assertThat(registry.send("DELETE", A1, "").statusCode()).isEqualTo(204);
        assertThat(registry.send("DELETE", A1, "").statusCode()).isEqualTo(404);
        assertThat(registry.send("POST", A1 + "/heartbeat", "").statusCode()).isEqualTo(404);
        assertThat(registry.get(A1).statusCode()).isEqualTo(404);
    }

    @Test
    void aServiceIsAskedForByVersionRangeAndStatus() {
        put("/v1/services/orders/instances/a", "{\"address\":\"h\",\"port\":1,\"version\":\"1.4.0\"}");
        put("/v1/services/orders/instances/b", "{\"address\":\"h\",\"port\":1,\"version\":\"2.0.0\"}");
        put(
                "/v1/services/orders/instances/c",
                "{\"address\":\"h\",\"port\":1,\"version\":\"1.2\",\"status\":\"DOWN\"}");
        put("/v1/services/orders/instances/d", "{\"address\":\"h\",\"port\":1}");
        assertThat(ids("")).containsExactly("a", "b", "c", "d");
        assertThat(ids("?version=" + URLEncoder.encode("^1.2", StandardCharsets.UTF_8)))
                .containsExactly("a", "c");
        assertThat(ids("?version=%3E%3D1.2+%3C2&status=up")).containsExactly("a");
        assertThat(ids("?version=%5E3")).isEmpty();
        assertThat(registry.get("/v1/services/orders?version=garbage").statusCode())
                .isEqualTo(400);
        assertThat(registry.get("/v1/services/orders?status=green").statusCode())
                .isEqualTo(400);
        assertThat(registry.get("/v1/services/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void servicesAreListedInPages() {
        for (var name : List.of("orders", "Billing", "orders-eu")) {
            put("/v1/services/" + name + "/instances/a", "{\"address\":\"h\",\"port\":1,\"version\":\"1.0.0\"}");
        }
        var first = json(registry.get("/v1/services?limit=2"));
        assertThat(first.at("/services/0").toString())
                .isEqualTo("{\"service\":\"BILLING\",\"instances\":1,\"up\":1,\"versions\":[\"1.0.0\"]}");
        assertThat(first.get("next").asString()).isEqualTo("ORDERS");
        var second = json(
                registry.get("/v1/services?limit=2&after=" + first.get("next").asString()));
        assertThat(second.get("services")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(json(registry.get("/v1/services?prefix=orders")).get("services"))
                .hasSize(2);
        assertThat(registry.get("/v1/services?limit=0").statusCode()).isEqualTo(400);
        assertThat(registry.get("/v1/services?limit=x").body()).contains("limit must be a number from 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"port":1}                                   | missing
            {"address":"h"}                              | missing port
            {"address":"h","port":70000}                 | 0 to 65535
            {"address":"h","port":"1"}                   | port must be a whole number
            {"address":1,"port":1}                       | address must be a text
            {"address":"h","port":1,"vesion":"1"}        | there is no field vesion
            {"address":"h","port":1,"leaseSeconds":0}    | 1 second to 1 day
            {"address":"h","port":1,"status":"up"}       | status must be UP
            {"address":"h","port":1,"status":"UNKNOWN"}  | status must be UP
            {"address":"h","port":1,"vip":"\\ud83d"}      | half of a surrogate pair
            {"address":"h","port":1,"metadata":{"k":"\\udc00"}} | half of a surrogate pair
            {"address":"h","port":1,"metadata":[]}       | metadata must be an object
            {"address":"h","port":1,"metadata":{"@class":"x"}} | no metadata can be named @class
            {"address":"h","port":1,"port":2}            | not JSON
            {"address":                                  | not JSON
            """)
    void aRegistrationThatIsNotRightIsRefusedWithTheReason(String body, String reason) {
        var reply = put(A1, body);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains(reason);
        assertThat(registry.get("/v1/services/orders").statusCode()).isEqualTo(404);
    }

    @Test
    void aVersionThatNobodyCouldReadIsRefused() {
        var reply = put(A1, "{\"address\":\"h\",\"port\":1,\"version\":\"1" + ".1".repeat(20_000) + "\"}");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("version has 40001 characters");
        var eurekas = registry.send("PUT", "/eureka/apps/ORDERS/a1/metadata?version=" + "1.".repeat(150), "");
        assertThat(eurekas.statusCode()).isEqualTo(400);
    }

    @Test
    void anInstanceThatIsTooLargeIsRefusedInWords() {
        assertThat(put(A1, addressOf(20_000)).statusCode()).isEqualTo(201);
        var reply = put(B, addressOf(33_000));
        assertThat(reply.statusCode()).isEqualTo(413);
        assertThat(json(reply).get("error").asString()).isEqualTo(Announcement.TOO_LARGE);
        assertThat(registry.get(B).statusCode()).isEqualTo(404);
    }

    @Test
    void aPutReplacesWhateverTheClockOfWhoPutBefore() {
        var eurekas = """
                {"instance":{"instanceId":"a1","hostName":"h","app":"ORDERS","ipAddr":"10.0.0.1",
                "dataCenterInfo":{"name":"MyOwn"},"metadata":{"old":"1"},"lastDirtyTimestamp":%d}}""".formatted(clock.getAsLong() + 600_000);
        registry.send("POST", "/eureka/apps/ORDERS", eurekas, "Content-Type", "application/json");
        var reply = json(put(A1, "{\"address\":\"10.0.0.2\",\"port\":9999}"));
        assertThat(reply.get("port").asInt()).isEqualTo(9999);
        assertThat(reply.get("metadata")).isEmpty();
        clock.advance(Duration.ofSeconds(-50));
        assertThat(json(put(A1, "{\"address\":\"10.0.0.2\",\"port\":7777}"))
                        .get("port")
                        .asInt())
                .isEqualTo(7777);
    }

    @Test
    void aStatusThatIsPutIsTheStatusInEachDirection() {
        for (var status : List.of("UP", "OUT_OF_SERVICE", "DOWN", "UP", "STARTING", "OUT_OF_SERVICE", "UP")) {
            assertThat(putStatus(status)).isEqualTo(status);
            assertThat(registry.send("POST", A1 + "/heartbeat", "").statusCode())
                    .isEqualTo(204);
            assertThat(json(registry.get(A1)).get("status").asString()).isEqualTo(status);
        }
    }

    @Test
    void anOperatorsOrderStaysUntilAPutNamesAStatus() {
        putStatus("UP");
        registry.send("PUT", "/eureka/apps/ORDERS/a1/status?value=OUT_OF_SERVICE", "");
        var reply = put(A1, "{\"address\":\"h\",\"port\":1}");
        assertThat(json(reply).get("status").asString()).isEqualTo("OUT_OF_SERVICE");
        assertThat(putStatus("UP")).isEqualTo("UP");
        registry.send("POST", A1 + "/heartbeat", "");
        assertThat(json(registry.get(A1)).get("status").asString()).isEqualTo("UP");
    }

    @Test
    void whoseStatusWasWithdrawnHearsThatItMustRegister() {
        putStatus("UP");
        registry.send("PUT", "/eureka/apps/ORDERS/a1/status?value=OUT_OF_SERVICE", "");
        registry.send("DELETE", "/eureka/apps/ORDERS/a1/status", "");
        var reply = registry.send("POST", A1 + "/heartbeat", "");
        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(json(reply).get("error").asString()).contains("withdrew its status: register it again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /v1/services?limt=2                        | there is no parameter limt here; the parameters are after, limit, prefix
            GET    | /v1/services/orders?versoin=1              | the parameters are status, version
            GET    | /v1/services/orders?version=1&version=2    | the parameter version is there 2 times
            GET    | /v1/watch?services=orders                  | the parameters are service
            PUT    | /v1/services/orders/instances/a?port=1     | none is taken
            DELETE | /v1/services/orders/instances/a?force      | none is taken
            """)
    void aParameterThatIsNotKnownIsRefusedWithThoseThatAre(String method, String path, String reason) {
        var reply = registry.send(method, path, "{}", "Content-Type", "application/json");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains(reason);
    }

    @Test
    void whatIsRegisteredHereIsSeenByEurekaClients() {
        put(A1, "{\"address\":\"10.0.0.1\",\"port\":8080,\"version\":\"1.4.0\",\"vip\":\"orders\"}");
        assertThat(json(registry.get("/eureka/vips/orders"))
                        .at("/applications/application/0/instance/0/instanceId")
                        .asString())
                .isEqualTo("a1");
    }

    @Test
    void whileTheRegistryCanNotAnswerItSaysSoAndWhenToTryAgain() {
        registry.applications.available(false);
        var reply = registry.get("/v1/services/orders");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).contains("1");
        registry.logger.allow(Logger.Priority.WARNING, "watchers");
    }

    @Test
    void theDocumentDescribesEveryRouteAndNoOther() throws IOException {
        var document =
                new YAMLMapper().readTree(registry.get("/v1/openapi.yaml").body());
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().propertyNames().stream()
                        .filter(Set.of("get", "put", "post", "delete")::contains)
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        var served = new TreeSet<String>();
        registry.routes.stream()
                .filter(route -> !route.path().startsWith("/eureka"))
                .forEach(route -> served.add(route.method() + " " + route.path()));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void theDocumentHasEachParameterAndANameAndA503ForEachOperation() {
        var names = new TreeSet<String>();
        var document =
                new YAMLMapper().readTree(registry.get("/v1/openapi.yaml").body());
        for (var path : document.get("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                var method = operation.getKey().toUpperCase(Locale.ROOT);
                if (!Set.of("GET", "PUT", "POST", "DELETE").contains(method)) {
                    continue;
                }
                var described = operation.getValue();
                assertThat(names.add(described.get("operationId").asString())).isTrue();
                assertThat(described.at("/responses").propertyNames()).contains("503");
                if (path.getKey().startsWith("/v1")) {
                    assertThat(described.at("/responses").propertyNames()).contains("400");
                    requireItsParametersOnly(method, path.getKey(), described);
                }
            }
        }
        assertThat(names).hasSize(13);
    }

    private void requireItsParametersOnly(String method, String path, JsonNode described) {
        var refusal = registry.send(method, path.replaceAll("[{}]", "") + "?nonsense=1", "");
        assertThat(json(refusal).get("error").asString())
                .as(method + " " + path)
                .isEqualTo("there is no parameter nonsense here; " + parameters(described));
    }

    private static String parameters(JsonNode operation) {
        var names = new TreeSet<String>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.get("in").asString().equals("query")) {
                names.add(parameter.get("name").asString());
            }
        });
        return names.isEmpty() ? "none is taken" : "the parameters are " + String.join(", ", names);
    }

    @Test
    void theDocumentDescribesEveryEventOfAStream() throws Exception {
        var document =
                new YAMLMapper().readTree(registry.get("/v1/openapi.yaml").body());
        var described = new TreeSet<String>();
        document.at("/components/schemas/Event/oneOf").forEach(schema -> {
            var name = schema.get("$ref").asString().replace("#/components/schemas/", "");
            document.at("/components/schemas/" + name + "/properties/event/enum")
                    .forEach(event -> described.add(event.asString()));
        });
        var kinds =
                Arrays.stream(LeaseChange.Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT));
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(kinds, Stream.of("reset", "ready", "cut")).toList());
    }

    @Test
    void theDocumentHasTheFieldsOfARegistrationAndOfAnInstance() {
        var document =
                new YAMLMapper().readTree(registry.get("/v1/openapi.yaml").body());
        var fields = new ArrayList<>(
                document.at("/components/schemas/Registration/properties").propertyNames());
        assertThat(fields).isNotEmpty();
        var refusal = put(A1, "{\"nonsense\":1}").body();
        assertThat(fields).allSatisfy(field -> assertThat(refusal).contains(field));
        var body = "{\"address\":\"h\",\"port\":1,\"securePort\":2,\"version\":\"1\",\"metadata\":{\"a\":\"b\"}}";
        assertThat(document.at("/components/schemas/Instance/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(json(put(A1, body)).propertyNames());
    }

    @Test
    void aWatcherIsToldWhatIsThereAndThenWhatChanges() throws Exception {
        put(A1, "{\"address\":\"h\",\"port\":1}");
        try (var client = HttpClient.newHttpClient();
                var events = watch(client, "/v1/watch?service=orders")) {
            assertThat(event(events)).isEqualTo("reset");
            assertThat(event(events)).isEqualTo("added a1 UP");
            assertThat(event(events)).isEqualTo("ready");
            clock.advance(Duration.ofMillis(1));
            put("/v1/services/orders/instances/b", "{\"address\":\"h\",\"port\":1}");
            assertThat(event(events)).isEqualTo("added b UP");
            clock.advance(Duration.ofMillis(1));
            registry.send("PUT", "/eureka/apps/ORDERS/a1/status?value=OUT_OF_SERVICE", "");
            assertThat(event(events)).isEqualTo("changed a1 OUT_OF_SERVICE");
            clock.advance(Duration.ofMillis(1));
            put("/v1/services/billing/instances/x", "{\"address\":\"h\",\"port\":1}");
            registry.send("DELETE", "/v1/services/orders/instances/b", "");
            assertThat(event(events)).isEqualTo("removed b UP");
            clock.advance(Duration.ofMillis(1));
            registry.watchers.close();
            assertThat(event(events)).isEqualTo("cut");
            assertThat(events.readLine()).isNull();
        }
    }

    @Test
    void whoComesBackToTheStreamHearsWhatLeftMeanwhile() throws Exception {
        registry.close();
        registry = new TestRegistry(clock, TestRegistry.limits(), TestRegistry.watching(10));
        put(A1, "{\"address\":\"h\",\"port\":1}");
        put(B, "{\"address\":\"h\",\"port\":1}");
        try (var client = HttpClient.newHttpClient()) {
            String id;
            try (var events = watch(client, "/v1/watch")) {
                id = idBefore(events, "ready");
            }
            registry.send("DELETE", A1, "");
            try (var events = watch(client, "/v1/watch", "Last-Event-ID", id)) {
                assertThat(event(events)).isEqualTo("removed a1 UP");
                assertThat(event(events)).isEqualTo("ready");
            }
            try (var events = watch(client, "/v1/watch", "Last-Event-ID", "another-node-7")) {
                assertThat(event(events)).isEqualTo("reset");
                assertThat(event(events)).isEqualTo("added b UP");
                assertThat(event(events)).isEqualTo("ready");
            }
        }
    }

    @Test
    void aStreamSaysWhenToConnectAgain() throws Exception {
        try (var client = HttpClient.newHttpClient();
                var events = watch(client, "/v1/watch")) {
            assertThat(events.readLine()).isEqualTo("retry: 1000");
        }
    }

    @Test
    void oneWatcherTooManyIsSentAway() throws Exception {
        try (var client = HttpClient.newHttpClient();
                var first = watch(client, "/v1/watch");
                var second = watch(client, "/v1/watch")) {
            assertThat(event(first)).isEqualTo("reset");
            assertThat(event(second)).isEqualTo("reset");
            var third = registry.get("/v1/watch");
            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.headers().firstValue("Retry-After")).contains("5");
        }
    }

    private BufferedReader watch(HttpClient client, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(registry.uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var reply = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    }

    /// The id of the next event of this name.
    private static String idBefore(BufferedReader events, String name) throws IOException {
        var id = "";
        for (var line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.equals("event: " + name)) {
                return id;
            }
        }
        throw new AssertionError("the stream ended");
    }

    /// The next event, in short.
    private static String event(BufferedReader events) throws IOException {
        var name = "";
        for (var line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                var data = Json.MAPPER.readTree(line.substring(6));
                events.readLine();
                return data.has("id")
                        ? name + " " + data.get("id").asString() + " "
                                + data.get("status").asString()
                        : name;
            }
        }
        throw new AssertionError("the stream ended");
    }

    private List<String> ids(String query) {
        var ids = new ArrayList<String>();
        json(registry.get("/v1/services/orders" + query))
                .get("instances")
                .forEach(node -> ids.add(node.get("id").asString()));
        return ids;
    }

    private String putStatus(String status) {
        var reply = put(A1, "{\"address\":\"h\",\"port\":1,\"status\":\"" + status + "\"}");
        return json(reply).get("status").asString();
    }

    /// The host of an instance is its address, if it does not say another one.
    private static String addressOf(int characters) {
        return "{\"address\":\"" + "x".repeat(characters) + "\",\"port\":1}";
    }

    private HttpResponse<String> put(String path, String body) {
        return registry.send("PUT", path, body, "Content-Type", "application/json");
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return Json.MAPPER.readTree(reply.body());
    }
}
