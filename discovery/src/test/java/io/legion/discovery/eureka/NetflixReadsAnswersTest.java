package io.legion.discovery.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.InstanceInfo;
import com.netflix.discovery.converters.wrappers.CodecWrappers;
import com.netflix.discovery.converters.wrappers.DecoderWrapper;
import com.netflix.discovery.shared.Application;
import com.netflix.discovery.shared.Applications;
import io.legion.discovery.WithRegistry;
import io.legion.discovery.registry.Lease;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever clients register through either API, the classes of Netflix's client read every answer, in each format
/// that they know, and find in it what is registered. One instance that they cannot read would hide all others.
class NetflixReadsAnswersTest extends WithRegistry {
    private static final int REGISTRATIONS = 400;
    private static final String JSON = "application/json";
    private static final String XML = "application/xml";

    private static final Map<String, List<DecoderWrapper>> DECODERS = Map.of(
            JSON,
            List.of(
                    CodecWrappers.getDecoder(CodecWrappers.LegacyJacksonJson.class),
                    CodecWrappers.getDecoder(CodecWrappers.JacksonJson.class)),
            XML,
            List.of(CodecWrappers.getDecoder(CodecWrappers.XStreamXml.class)));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whateverIsRegistered(long seed) throws IOException {
        var random = new Random(seed);
        int taken = 0;
        var registrations = new RandomRegistrations(random);
        for (int i = 0; i < REGISTRATIONS; i++) {
            int status = act(random, registrations);
            assertThat(status).as("an answer to a client's fault").isLessThan(500);
            taken += status < 300 ? 1 : 0;
        }
        assertThat(taken).as("registrations that were taken").isGreaterThan(REGISTRATIONS / 20);
        for (var accept : List.of(JSON, XML)) {
            for (var extent : List.of("full", "compact")) {
                readAll(accept, extent);
            }
        }
    }

    @Test
    void anInstanceOfEachDataCenterIsReadAsOneOfIt() throws IOException {
        for (var center : List.of("MyOwn", "Amazon", "Netflix")) {
            var body = "{\"instance\":{\"instanceId\":\"" + center + "\",\"app\":\"SHOP\",\"hostName\":\"h\","
                    + "\"ipAddr\":\"10.0.0.1\",\"dataCenterInfo\":{\"name\":\"" + center + "\"}}}";
            assertThat(send("POST", "/eureka/apps/SHOP", body)).isEqualTo(204);
            for (var accept : List.of(JSON, XML)) {
                for (var decoder : DECODERS.get(accept)) {
                    var instance =
                            decoder.decode(answer("/eureka/apps/SHOP/" + center, accept, "full"), InstanceInfo.class);
                    assertThat(instance.getDataCenterInfo().getName().name()).isEqualTo(center);
                    assertThat(instance.getId()).isEqualTo(center);
                }
            }
        }
    }

    private int act(Random random, RandomRegistrations registrations) {
        var application = "APP-" + random.nextInt(4);
        var id = "i" + random.nextInt(8);
        var path = "/eureka/apps/" + application;
        return switch (random.nextInt(8)) {
            case 0, 1 -> send("PUT", "/v1/services/" + application + "/instances/" + id, registrations.plain());
            case 2 -> send("DELETE", path + "/" + id, "");
            case 3 -> send("PUT", path + "/" + id + "/status?value=" + (random.nextBoolean() ? "DOWN" : "UP"), "");
            case 4 -> {
                var pair = encoded(registrations.text()) + "=" + encoded(registrations.text());
                yield send("PUT", path + "/" + id + "/metadata?" + pair, "");
            }
            default -> send("POST", path, registrations.eureka(application, id));
        };
    }

    private void readAll(String accept, String extent) throws IOException {
        var snapshot = registry.snapshots.current();
        for (var decoder : DECODERS.get(accept)) {
            var all = decoder.decode(answer("/eureka/apps", accept, extent), Applications.class);
            assertThat(all.size()).isEqualTo((int) snapshot.all().leases().count());
            assertThat(all.getAppsHashCode()).isEqualTo(all.getReconcileHashCode());
            decoder.decode(answer("/eureka/apps/delta", accept, extent), Applications.class);
            decoder.decode(answer("/eureka/vips/orders", accept, extent), Applications.class);
            decoder.decode(answer("/eureka/svips/a", accept, extent), Applications.class);
            for (var application : snapshot.applications().entrySet()) {
                if (!application.getValue().leases().isEmpty()) {
                    read(
                            decoder,
                            "/eureka/apps/" + application.getKey(),
                            application.getValue().leases(),
                            accept,
                            extent);
                }
            }
        }
    }

    private void read(
            DecoderWrapper decoder, String path, SortedMap<String, Lease> leases, String accept, String extent)
            throws IOException {
        var one = decoder.decode(answer(path, accept, extent), Application.class);
        assertThat(one.size()).isEqualTo(leases.size());
        for (var lease : leases.entrySet()) {
            var id = encoded(lease.getKey());
            same(decoder.decode(answer(path + "/" + id, accept, extent), InstanceInfo.class), lease.getValue(), extent);
            decoder.decode(answer("/eureka/instances/" + id, accept, extent), InstanceInfo.class);
        }
    }

    private static void same(InstanceInfo read, Lease lease, String extent) {
        var instance = lease.announced().instance().decode();
        assertThat(read.getId()).isEqualTo(instance.id());
        assertThat(read.getStatus().name()).isEqualTo(lease.status().name());
        assertThat(read.getPort()).isEqualTo(instance.port().number());
        assertThat(read.getDataCenterInfo().getName().name())
                .isEqualTo(instance.dataCenter().name());
        if (extent.equals("full")) {
            assertThat(read.getOverriddenStatus().name())
                    .isEqualTo(lease.override().name());
            assertThat(read.getLeaseInfo().getDurationInSecs())
                    .isEqualTo((int) instance.lease().toSeconds());
            assertThat(read.getLastDirtyTimestamp()).isEqualTo(lease.announced().dirtyMillis());
            assertThat(read.getMetadata()).hasSameSizeAs(instance.metadata());
        }
    }

    private String answer(String path, String accept, String extent) {
        var reply = registry.send("GET", path, "", "Accept", accept, "X-Eureka-Accept", extent);
        assertThat(reply.statusCode()).as(path).isEqualTo(200);
        return reply.body();
    }

    private int send(String method, String path, String body) {
        return registry.send(method, path, body, "Content-Type", JSON).statusCode();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
