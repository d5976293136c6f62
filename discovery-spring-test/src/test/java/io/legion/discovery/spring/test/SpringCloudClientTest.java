package io.legion.discovery.spring.test;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.RegistryNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ConfigurableApplicationContext;

/// Applications of Spring Boot, as their authors would write them, against a node as a process of its own.
class SpringCloudClientTest {
    private static final Pattern RENEWED = Pattern.compile("\"lastRenewalTimestamp\":(\\d+)");

    @TempDir
    private Path directory;

    private RegistryNode node;

    @BeforeEach
    void start() throws IOException {
        node = RegistryNode.start(directory);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anApplicationRegistersAndRenewsAndAnotherSeesItComeAndGo() {
        try (var watcher = run("watcher", 1)) {
            var discovery = watcher.getBean(DiscoveryClient.class);
            // A heartbeat that crosses the cancellation would register it again; so this one has none.
            try (var shop = run("shop", 600)) {
                assertThat(shop.isActive()).isTrue();
                until("another sees it", () -> !discovery.getInstances("shop").isEmpty());
                var seen = discovery.getInstances("shop").getFirst();
                assertThat(seen.getInstanceId()).isEqualTo("shop-1");
                int port = Integer.parseInt(shop.getEnvironment().getRequiredProperty("local.server.port"));
                assertThat(seen.getUri()).isEqualTo(URI.create("http://localhost:" + port));
                assertThat(seen.getMetadata()).containsEntry("version", "1.2.3");
            }
            assertThat(node.get("/eureka/apps/SHOP/shop-1").statusCode()).isEqualTo(404);
            until("another sees it leave", () -> discovery.getInstances("shop").isEmpty());
            assertThat(discovery.getServices()).containsExactly("watcher");
            long first = renewed("watcher");
            until("it renews", () -> renewed("watcher") > first);
        }
    }

    @Test
    void anApplicationGoesOnWhenTheNodeIsKilledAndStartedAgain() throws IOException {
        try (var shop = run("shop", 1)) {
            until("it is registered", () -> node.get("/eureka/apps/SHOP/shop-1").statusCode() == 200);
            node.kill();
            node.restart();
            long first = renewed("shop");
            until("it renews", () -> renewed("shop") > first);
            var discovery = shop.getBean(DiscoveryClient.class);
            until("it sees itself", () -> !discovery.getInstances("shop").isEmpty());
        }
    }

    private long renewed(String name) {
        var reply = node.get("/eureka/apps/" + name.toUpperCase(Locale.ROOT) + "/" + name + "-1");
        assertThat(reply.statusCode()).isEqualTo(200);
        var found = RENEWED.matcher(reply.body());
        assertThat(found.find()).as(reply.body()).isTrue();
        return Long.parseLong(found.group(1));
    }

    private ConfigurableApplicationContext run(String name, int renewalSeconds) {
        return new SpringApplicationBuilder(ShopApplication.class)
                .properties(
                        "spring.application.name=" + name,
                        "spring.main.banner-mode=off",
                        "eureka.client.service-url.defaultZone=" + node.eureka(),
                        "eureka.client.registry-fetch-interval-seconds=1",
                        "eureka.instance.lease-renewal-interval-in-seconds=" + renewalSeconds,
                        "eureka.instance.instance-id=" + name + "-1",
                        "eureka.instance.hostname=localhost",
                        "server.port=0",
                        "eureka.instance.metadata-map.version=1.2.3")
                .run();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class ShopApplication {}
}
