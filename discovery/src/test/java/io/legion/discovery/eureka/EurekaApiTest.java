package io.legion.discovery.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.Health;
import io.legion.discovery.WithRegistry;
import io.legion.discovery.json.Json;
import io.legion.discovery.registry.Announcement;
import io.legion.discovery.registry.Instances;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EurekaApiTest extends WithRegistry {
    private static final String JSON = "application/json";
    private static final String BODY = """
            {"instance":{"instanceId":"a:8080","hostName":"host-a","app":"orders","ipAddr":"10.0.0.1","status":"UP",
             "overriddenstatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},"securePort":{"$":"8443","@enabled":"false"},
             "countryId":1,"dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
             "name":"MyOwn"},"leaseInfo":{"renewalIntervalInSecs":30,"durationInSecs":90},
             "metadata":{"@class":"java.util.Collections$EmptyMap","management.port":"8081","a_b":"<&>"},
             "homePageUrl":"http://host-a/","vipAddress":"orders,orders-eu","secureVipAddress":"orders-tls",
             "isCoordinatingDiscoveryServer":"false","lastDirtyTimestamp":"1700000000000","unheardOf":{"x":[1,2]}}}""";

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
        clock.advance(Duration.ofMillis(Registration.KEEP_REMOVED_MILLIS + 1));
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

    @ParameterizedTest
    @ValueSource(strings = {"/eureka/apps", "/eureka/apps/delta", "/eureka/apps/ORDERS", "/eureka/vips/orders"})
    void aLargeListIsWrittenAsItComesIntoBeing(String path) throws IOException {
        int instances = 1500;
        for (int i = 0; i < instances; i++) {
            registry.applications.register(Instances.register("i" + i, Status.UP, 1));
        }
        for (var type : List.of(JSON, "application/xml")) {
            var reply = registry.send("GET", path, "", "Accept", type);
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.headers().firstValue("Content-Length")).isEmpty();
            assertThat(reply.body().split("instanceId\\W+i", -1)).hasSize(instances + 1);
        }
        var application = json(registry.get(path)).findValue("instance");
        assertThat(application).hasSize(instances);
        assertThat(application.get(0).get("instanceId").asString()).isEqualTo("i0");
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

    @ParameterizedTest
    @ValueSource(strings = {"myOwn", "Own", "own", "Azure", "amazon", "NETFLIX"})
    void aDataCenterThatNoJavaClientCanReadIsNeverListed(String name) throws IOException {
        var reply = registry.send("POST", "/eureka/apps/ORDERS", BODY.replace("MyOwn", name), "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("one of MyOwn, Amazon, Netflix, not \"" + name + "\"");
        assertThat(registry.get("/eureka/apps/ORDERS").statusCode()).isEqualTo(404);
    }

    @Test
    void whoDoesNotSayWhenItChangedIsTakenAsNewerThanWhatIsThere() throws IOException {
        register("/eureka", BODY.replace("1700000000000", Long.toString(clock.getAsLong() + 600_000)), JSON);
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080/status?value=UP", 200);
        for (var absent : new String[] {"", "0", "-1"}) {
            clock.advance(Duration.ofSeconds(1));
            register(
                    "/eureka",
                    BODY.replace("1700000000000", absent).replace("8080,", "99" + clock.getAsLong() % 97 + ","),
                    JSON);
            var instance = json(registry.get("/eureka/apps/ORDERS/a:8080")).get("instance");
            assertThat(instance.at("/port/$").asInt()).isEqualTo(Integer.parseInt("99" + clock.getAsLong() % 97));
            assertThat(instance.get("lastDirtyTimestamp").asLong()).isEqualTo(clock.getAsLong());
        }
    }

    @Test
    void anInstanceOfAmazonWithoutAnIdIsKnownByTheOneThatAmazonGave() throws IOException {
        var amazon = BODY.replace("\"instanceId\":\"a:8080\",", "")
                .replace("com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo", "com.netflix.appinfo.AmazonInfo")
                .replace("\"name\":\"MyOwn\"", "\"metadata\":{\"instance-id\":\"i-0abc\",\"local-ipv4\":\"10.0.0.1\"}");
        assertThat(register("/eureka", amazon, JSON)).isEqualTo(204);
        assertStatus("PUT", "/eureka/apps/ORDERS/i-0abc", 200);
        var instance = json(registry.get("/eureka/apps/ORDERS/i-0abc")).get("instance");
        assertThat(instance.at("/dataCenterInfo/name").asString()).isEqualTo("Amazon");
        assertThat(instance.at("/dataCenterInfo/metadata/local-ipv4").asString())
                .isEqualTo("10.0.0.1");
        assertStatus("DELETE", "/eureka/apps/ORDERS/i-0abc", 200);
        assertThat(register("/eureka", amazon.replace("instance-id", "ami-id"), JSON))
                .isEqualTo(204);
        assertStatus("PUT", "/eureka/apps/ORDERS/host-a", 200);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,-90", "'\"0\"','\"\"'", "null,0.0"})
    void aLeaseThatIsNotSetIsTheDefault(String renewal, String duration) throws IOException {
        var body = BODY.replace(
                "\"renewalIntervalInSecs\":30,\"durationInSecs\":90",
                "\"renewalIntervalInSecs\":" + renewal + ",\"durationInSecs\":" + duration);
        assertThat(register("/eureka", body, JSON)).isEqualTo(204);
        var lease = json(registry.get("/eureka/apps/ORDERS/a:8080")).at("/instance/leaseInfo");
        assertThat(lease.get("renewalIntervalInSecs").asInt()).isEqualTo(30);
        assertThat(lease.get("durationInSecs").asInt()).isEqualTo(90);
    }

    @Test
    void aRenewalThatNoClientCouldReadIsRefused() throws IOException {
        var body = BODY.replace("\"renewalIntervalInSecs\":30", "\"renewalIntervalInSecs\":3000000000");
        var reply = registry.send("POST", "/eureka/apps/ORDERS", body, "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("between two renewals is 1 second to 1 day");
    }

    @Test
    void anOrderIsSpelledAsEachFormatSpellsIt() throws IOException {
        register("/eureka", BODY.replace("\"a_b\"", "\"overriddenStatus\""), JSON);
        registry.send("PUT", "/eureka/apps/ORDERS/a:8080/status?value=OUT_OF_SERVICE", "");
        var xml = registry.send("GET", "/eureka/apps/ORDERS/a:8080", "", "Accept", "application/xml")
                .body();
        assertThat(xml)
                .contains("<overriddenstatus>OUT_OF_SERVICE</overriddenstatus>")
                .contains("<overriddenStatus>&lt;&amp;&gt;</overriddenStatus>");
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/overriddenStatus")
                        .asString())
                .isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void theVersionOfTheListIsANumberThatEveryClientCanHold() throws IOException {
        register("/eureka", BODY, JSON);
        assertThat(delta().get("versions__delta").asString()).isEqualTo("1");
        assertThat(json(registry.get("/eureka/apps"))
                        .at("/applications/versions__delta")
                        .asString())
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({"1700000000000.25", "'\"1700000000000.75\"'", "1.7e12", "'\"1700000000000\"'"})
    void aNumberMayHaveAFractionAndBeAText(String number) throws IOException {
        assertThat(register("/eureka", BODY.replace("\"1700000000000\"", number), JSON))
                .isEqualTo(204);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/lastDirtyTimestamp")
                        .asString())
                .isEqualTo("1700000000000");
        assertStatus("PUT", "/eureka/apps/ORDERS/a:8080?lastDirtyTimestamp=1700000000000.25", 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "99999999999999999999", "\"NaN\"", "\"0x10\"", "\"1d\"", "true"})
    void whatIsNoNumberIsRefused(String number) throws IOException {
        var reply = registry.send(
                "POST", "/eureka/apps/ORDERS", BODY.replace("\"1700000000000\"", number), "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("lastDirtyTimestamp must be a number");
    }

    @Test
    void ofTwoFieldsOfOneNameTheLastCounts() throws IOException {
        var body = BODY.replace("\"status\":\"UP\"", "\"status\":\"STARTING\",\"status\":\"UP\"")
                .replace("\"a_b\":\"<&>\"", "\"a_b\":\"1\",\"a_b\":\"2\"");
        assertThat(register("/eureka", body, JSON)).isEqualTo(204);
        var instance = json(registry.get("/eureka/apps/ORDERS/a:8080")).get("instance");
        assertThat(instance.get("status").asString()).isEqualTo("UP");
        assertThat(instance.at("/metadata/a_b").asString()).isEqualTo("2");
    }

    @Test
    void aKeyOfMetadataMayBeNamedMetadataAndHaveAttributesInXml() throws IOException {
        register("/eureka", BODY.replace("\"a_b\"", "\"metadata\""), JSON);
        var xml = registry.send("GET", "/eureka/apps/ORDERS/a:8080", "", "Accept", "application/xml")
                .body();
        assertThat(xml).contains("<metadata>&lt;&amp;&gt;</metadata></metadata>", "<management.port>");
        var attributed = xml.replace("<metadata><", "<metadata class=\"java.util.Collections$EmptyMap\"><")
                .replace("<management.port>", "<management.port class=\"string\">");
        registry.send("DELETE", "/eureka/apps/ORDERS/a:8080", "");
        assertThat(register("/eureka", attributed, "application/xml")).isEqualTo(204);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/metadata")
                        .toString())
                .isEqualTo("{\"management.port\":\"8081\",\"metadata\":\"<&>\"}");
    }

    @Test
    void xmlWithEverythingEmptyThatTheClientDoesNotKnowIsTaken() {
        var fargo = """
                <instance><instanceId></instanceId><hostName>host-a</hostName><app>ORDERS</app><ipAddr>10.0.0.1</ipAddr>
                <vipAddress>v</vipAddress><secureVipAddress>v</secureVipAddress><status>UP</status>
                <overriddenstatus></overriddenstatus><homePageUrl></homePageUrl><countryId>0</countryId>
                <dataCenterInfo><name>MyOwn</name><metadata></metadata></dataCenterInfo>
                <leaseInfo><renewalIntervalInSecs>0</renewalIntervalInSecs><durationInSecs>0</durationInSecs>
                <registrationTimestamp>0</registrationTimestamp></leaseInfo><metadata></metadata>
                <port enabled="true">9090</port><securePort enabled="false">0</securePort></instance>""";
        assertThat(register("/eureka", fargo, "application/xml")).isEqualTo(204);
        assertStatus("PUT", "/eureka/apps/ORDERS/host-a", 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"k\":\"cut \\ud83d\"", "\"\\udc00\":\"v\"", "\"k\":\"\\udc00\\ud83d\""})
    void halfACharacterIsRefusedAndTheListStaysReadable(String metadata) throws IOException {
        var body = BODY.replace("\"a_b\":\"<&>\"", metadata);
        var reply = registry.send("POST", "/eureka/apps/ORDERS", body, "Content-Type", JSON);
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("surrogate");
        assertThat(registry.get("/eureka/apps").statusCode()).isEqualTo(200);
    }

    @Test
    void halfACharacterInTheNameOfAnElementIsRefusedToo() throws IOException {
        register("/eureka", BODY, JSON);
        var xml = registry.send("GET", "/eureka/apps/ORDERS/a:8080", "", "Accept", "application/xml")
                .body();
        var reply = registry.send(
                "POST", "/eureka/apps/ORDERS", xml.replace("a__b", "_.d83d"), "Content-Type", "application/xml");
        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).get("error").asString()).contains("half of a surrogate pair");
    }

    @Test
    void anInstanceThatIsOrBecomesTooLargeIsRefusedInWords() throws IOException {
        var large = BODY.replace("\"a_b\":\"<&>\"", "\"a\":\"" + "x".repeat(Announcement.MAX_BYTES - 1000) + "\"");
        assertThat(register("/eureka", large, JSON)).isEqualTo(204);
        var more = registry.send("PUT", "/eureka/apps/ORDERS/a:8080/metadata?b=" + "x".repeat(1000), "");
        assertThat(more.statusCode()).isEqualTo(413);
        assertThat(json(more).get("error").asString()).isEqualTo(Announcement.TOO_LARGE);
        assertThat(json(registry.get("/eureka/apps/ORDERS/a:8080"))
                        .at("/instance/metadata/b")
                        .isMissingNode())
                .isTrue();
        assertThat(register("/eureka", large.replace("xxx", "äxx"), JSON)).isEqualTo(413);
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
