package io.legion.discovery.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.ManualClock;
import io.legion.discovery.TestRegistry;
import io.legion.discovery.http.Json;
import io.legion.discovery.registry.Application;
import io.legion.discovery.service.Health;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EurekaApiTest {
    private static final String JSON = "application/json";
    private static final String BODY = """
            {"instance":{"instanceId":"a:8080","hostName":"host-a","app":"orders","ipAddr":"10.0.0.1","status":"UP",
             "overriddenstatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},"securePort":{"$":"8443","@enabled":"false"},
             "countryId":1,"dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
             "name":"MyOwn"},"leaseInfo":{"renewalIntervalInSecs":30,"durationInSecs":90},
             "metadata":{"@class":"java.util.Collections$EmptyMap","management.port":"8081","a_b":"<&>"},
             "homePageUrl":"http://host-a/","vipAddress":"orders,orders-eu","secureVipAddress":"orders-tls",
             "isCoordinatingDiscoveryServer":"false","lastDirtyTimestamp":"1700000000000","unheardOf":{"x":[1,2]}}}""";

    private final ManualClock clock = new ManualClock();
    private TestRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new TestRegistry(clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/eureka", "/eureka/v2"})
    void anInstanceThatRegistersIsReadBackAsItWas(String base) throws IOException {
        assertThat(register(base, BODY, JSON)).isEqualTo(204);
        var instance = json(registry.get(base + "/apps/ORDERS/a:8080")).get("instance");
        assertThat(instance.get("instanceId").asString()).isEqualTo("a:8080");
        assertThat(instance.get("app").asString()).isEqualTo("ORDERS");
        assertThat(instance.get("port").toString()).isEqualTo("{\"$\":8080,\"@enabled\":\"true\"}");
        assertThat(instance.get("securePort").toString()).isEqualTo("{\"$\":8443,\"@enabled\":\"false\"}");
        assertThat(instance.get("metadata").toString()).isEqualTo("{\"a_b\":\"<&>\",\"management.port\":\"8081\"}");
        assertThat(instance.get("dataCenterInfo").get("@class").asString())
                .isEqualTo("com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo");
        assertThat(instance.get("leaseInfo").get("lastRenewalTimestamp").asLong())
                .isEqualTo(clock.getAsLong());
        assertThat(instance.get("lastDirtyTimestamp").asString()).isEqualTo("1700000000000");
        assertThat(instance.get("actionType").asString()).isEqualTo("ADDED");
    }

    @Test
    void theStatusTellsOfTheOtherNodes() throws IOException {
        registry.health.because("No majority.");
        registry.health.peers(new Health.Peer("n2", "h2:7760", true), new Health.Peer("n3", "", false));
        var status = json(registry.get("/eureka/v2/status"));
        assertThat(status.at("/applicationStats").toString())
                .isEqualTo("{\"registered-replicas\":\"h2:7760,n3\",\"available-replicas\":\"h2:7760\","
                        + "\"unavailable-replicas\":\"n3\"}");
        assertThat(status.at("/isHealthy").asBoolean()).isFalse();
        assertThat(status.at("/generalStats/server-uptime").asString()).matches("\\d\\d:\\d\\d");
        assertThat(registry.send("GET", "/eureka/status", "", "Accept", "application/xml")
                        .body())
                .startsWith("<com.netflix.eureka.util.StatusInfo><generalStats>")
                .contains("<isHealthy>false</isHealthy>");
    }

    @Test
    void whatIsRegisteredAsXmlIsTheSameAsJson() throws IOException {
        register("/eureka", BODY, JSON);
        var xml = registry.send("GET", "/eureka/apps/ORDERS/a:8080", "", "Accept", "application/xml");
        assertThat(xml.headers().firstValue("Content-Type")).contains("application/xml");
        assertThat(xml.body())
                .startsWith("<instance><instanceId>a:8080</instanceId>")
                .contains("<port enabled=\"true\">8080</port>", "<a__b>&lt;&amp;&gt;</a__b>");
        var before = json(registry.get("/eureka/apps/ORDERS/a:8080"));
        registry.send("DELETE", "/eureka/apps/ORDERS/a:8080", "");
        assertThat(register("/eureka", xml.body(), "application/xml;charset=UTF-8"))
                .isEqualTo(204);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))).isEqualTo(before);
    }

    @Test
    void renewAndCancelAnswerWithoutABodyAndTellWhoIsKnown() {
        register("/eureka", BODY, JSON);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080?status=UP&lastDirtyTimestamp=1700000000000", 200);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080?lastDirtyTimestamp=1700000000001", 404);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080?lastDirtyTimestamp=1600000000000", 200);
        assertStatus("PUT", "/eureka/apps/ORDERS/b", 404);
        assertStatus("DELETE", "/eureka/apps/orders/a:8080", 200);
        assertStatus("DELETE", "/eureka/apps/orders/a:8080", 404);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080", 404);
    }

    @Test
    void anotherRegistryThatKnowsLessIsToldWhatIsKnown() throws IOException {
        register("/eureka", BODY, JSON);
        var reply = registry.send(
                "PUT",
                "/eureka/apps/ORDERS/a:8080?lastDirtyTimestamp=1600000000000",
                "",
                "x-netflix-discovery-replication",
                "true",
                "Accept",
                JSON);
        assertThat(reply.statusCode()).isEqualTo(409);
        assertThat(json(reply).get("instance").get("instanceId").asString()).isEqualTo("a:8080");
    }

    @Test
    void allApplicationsComeWithTheHashCodeOfTheirStatuses() throws IOException {
        register("/eureka", BODY, JSON);
        register("/eureka", BODY.replace("a:8080", "b").replace("\"UP\"", "\"DOWN\""), JSON);
        register("/eureka", BODY.replace("a:8080", "c"), JSON);
        var apps = json(registry.get("/eureka/apps/")).get("applications");
        assertThat(apps.get("apps__hashcode").asString()).isEqualTo("DOWN_1_UP_2_");
        assertThat(apps.get("application").get(0).get("name").asString()).isEqualTo("ORDERS");
        assertThat(apps.get("application").get(0).get("instance")).hasSize(3);
        assertThat(registry.send("GET", "/eureka/apps", "").body())
                .startsWith("<applications><versions__delta>")
                .contains("<apps__hashcode>DOWN_1_UP_2_</apps__hashcode><application><name>ORDERS</name><instance>");
    }

    @Test
    void aCompactAnswerLeavesOutWhatIsNotNeededForACall() throws IOException {
        register("/eureka", BODY, JSON);
        var reply = registry.send("GET", "/eureka/apps", "", "Accept", JSON, "X-Eureka-Accept", "compact");
        var instance = json(reply).at("/applications/application/0/instance/0");
        assertThat(instance.has("hostName")).isTrue();
        assertThat(instance.has("metadata")).isFalse();
    }

    @Test
    void aDeltaHasWhatChangedInThreeMinutesAndTheHashCodeOfAll() throws IOException {
        register("/eureka", BODY, JSON);
        register("/eureka", BODY.replace("a:8080", "b"), JSON);
        clock.advance(Duration.ofMillis(Application.KEEP_REMOVED_MILLIS + 1));
        assertThat(delta().get("application")).isEmpty();
        assertThat(delta().get("apps__hashcode").asString()).isEqualTo("UP_2_");
        registry.send("DELETE", "/eureka/apps/ORDERS/b", "");
        registry.send("PUT", "/eureka/apps/ORDERS/a:8080/status?value=OUT_OF_SERVICE", "");
        var changed = delta().get("application").get(0).get("instance");
        assertThat(changed.get(0).get("actionType").asString()).isEqualTo("MODIFIED");
        assertThat(changed.get(0).get("status").asString()).isEqualTo("OUT_OF_SERVICE");
        assertThat(changed.get(1).get("actionType").asString()).isEqualTo("DELETED");
        assertThat(delta().get("apps__hashcode").asString()).isEqualTo("OUT_OF_SERVICE_1_");
    }

    @Test
    void anAnswerIsCompressedForWhoAsks() throws Exception {
        register("/eureka", BODY, JSON);
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(registry.uri("/eureka/apps"))
                    .header("Accept", JSON)
                    .header("Accept-Encoding", "gzip")
                    .build();
            var reply = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
            var body = new GZIPInputStream(new ByteArrayInputStream(reply.body())).readAllBytes();
            assertThat(new String(body, StandardCharsets.UTF_8)).contains("apps__hashcode\":\"UP_1_");
        }
    }

    @Test
    void instancesAreFoundByIdAndVirtualAddress() throws IOException {
        register("/eureka", BODY, JSON);
        assertThat(registry.get("/eureka/instances/a:8080").statusCode()).isEqualTo(200);
        assertThat(registry.get("/eureka/instances/b").statusCode()).isEqualTo(404);
        assertThat(json(registry.get("/eureka/vips/orders-eu"))
                        .at("/applications/apps__hashcode")
                        .asString())
                .isEqualTo("UP_1_");
        assertThat(json(registry.get("/eureka/svips/orders-tls"))
                        .at("/applications/application/0/name")
                        .asString())
                .isEqualTo("ORDERS");
        assertThat(json(registry.get("/eureka/vips/nobody")).at("/applications/application"))
                .isEmpty();
    }

    @Test
    void anOrderedStatusIsShownUntilItIsWithdrawn() throws IOException {
        register("/eureka", BODY, JSON);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080/status?value=OUT_OF_SERVICE", 200);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/overriddenStatus")
                        .asString())
                .isEqualTo("OUT_OF_SERVICE");
        assertStatus("DELETE", "/eureka/apps/ORDERS/a:8080/status?value=UP", 200);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/status")
                        .asString())
                .isEqualTo("UP");
        assertStatus("PUT", "/eureka/apps/ORDERS/b/status?value=UP", 404);
        assertThat(registry.send("PUT", "/eureka/apps/ORDERS/a:8080/status?value=GREEN", "")
                        .body())
                .contains("value must be UP, DOWN, STARTING, OUT_OF_SERVICE or UNKNOWN, not GREEN");
    }

    @Test
    void metadataAreAdded() throws IOException {
        register("/eureka", BODY, JSON);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080/metadata?zone=eu+west&x=%C3%A4", 200);
        var metadata = json(registry.get("/eureka/apps/ORDERS/a:8080")).at("/instance/metadata");
        assertThat(metadata.get("zone").asString()).isEqualTo("eu west");
        assertThat(metadata.get("x").asString()).isEqualTo("ä");
        assertThat(metadata.get("management.port").asString()).isEqualTo("8081");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"instance":{"dataCenterInfo":{"name":"MyOwn"}}}     | missing instanceId
            {"instance":{"hostName":"h","app":"orders"}}         | missing
            {"instance":                                         | the body is not JSON
            [1,2]                                                | the body must be a JSON object
            """)
    void aBodyThatIsNoInstanceIsRefusedWithTheReason(String body, String reason) throws IOException {
        var reply = registry.send("POST", "/eureka/apps/ORDERS", body, "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5000000000", "65536", "-1"})
    void aPortThatIsNoneIsRefused(String port) throws IOException {
        var body = BODY.replace("\"$\":8080", "\"$\":" + port);
        var reply = registry.send("POST", "/eureka/apps/ORDERS", body, "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("port", port);
    }

    @Test
    void anInstanceOfAnotherApplicationIsRefused() throws IOException {
        var reply = registry.send("POST", "/eureka/apps/BILLING", BODY, "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("ORDERS", "BILLING");
    }

    @Test
    void xmlWithADocumentTypeIsRefusedAndNoEntityIsRead() {
        var attack = "<?xml version=\"1.0\"?><!DOCTYPE instance [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<instance><hostName>&x;</hostName></instance>";
        var reply = registry.send("POST", "/eureka/apps/ORDERS", attack, "Content-Type", "application/xml");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("document type");
        var half = registry.send("POST", "/eureka/apps/ORDERS", "<instance><a>", "Content-Type", "text/xml");
        assertThat(half.statusCode()).isEqualTo(400);
        assertThat(half.body()).contains("not XML");
    }

    @Test
    void whatIsNeitherJsonNorXmlIsRefused() {
        assertThat(registry.send("POST", "/eureka/apps/ORDERS", "a=b", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(registry.send("POST", "/eureka/apps/ORDERS", BODY).statusCode())
                .isEqualTo(415);
    }

    private int register(String base, String body, String type) {
        return registry.send("POST", base + "/apps/ORDERS", body, "Content-Type", type)
                .statusCode();
    }

    private void assertStatus(String method, String path, int status) {
        var reply = registry.send(method, path, "");
        assertThat(reply.statusCode()).isEqualTo(status);
        assertThat(reply.body()).isEmpty();
    }

    private JsonNode delta() throws IOException {
        return json(registry.get("/eureka/apps/delta")).get("applications");
    }

    private static JsonNode json(HttpResponse<String> reply) throws IOException {
        return Json.MAPPER.readTree(reply.body());
    }
}
