package io.legion.discovery.eureka;

import io.legion.discovery.registry.DataCenter;
import io.legion.discovery.registry.Instance;
import io.legion.discovery.registry.Port;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Status;
import io.legion.http.HttpException;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a client registers. Clients write numbers and booleans as such or as texts, leave out what they
/// do not know or send an empty text or a zero for it, and add what this registry does not know and ignores.
final class InstanceReader {
    private static final int DEFAULT_PORT = 7001;
    private static final int DEFAULT_SECURE_PORT = 7002;
    private static final int DEFAULT_RENEWAL_SECONDS = 30;
    private static final int DEFAULT_LEASE_SECONDS = 90;

    private final ObjectNode node;

    private InstanceReader(ObjectNode node) {
        this.node = node;
    }

    /// The registration in this tree, in a field `instance` or as it is.
    ///
    /// @throws IllegalArgumentException if something required is missing or not what it should be
    static Register read(ObjectNode body) {
        return new InstanceReader(body.get("instance") instanceof ObjectNode inner ? inner : body).register();
    }

    private Register register() {
        var lease = object("leaseInfo");
        var center = dataCenter();
        var instance = new Instance(
                id(center),
                text("app"),
                text("hostName"),
                text("ipAddr"),
                port("port", DEFAULT_PORT, true),
                port("securePort", DEFAULT_SECURE_PORT, false),
                center,
                Math.clamp(number(node, "countryId", 1), 0, Integer.MAX_VALUE),
                seconds(lease, "renewalIntervalInSecs", DEFAULT_RENEWAL_SECONDS),
                seconds(lease, "durationInSecs", DEFAULT_LEASE_SECONDS),
                texts(),
                map(node.get("metadata")));
        var override = text("overriddenStatus").isEmpty() ? text("overriddenstatus") : text("overriddenStatus");
        return Register.of(
                instance,
                text("status").isEmpty() ? Status.UP : Status.lenient(text("status")),
                Status.lenient(override),
                number(node, "lastDirtyTimestamp", 0));
    }

    /// An instance without an id is known as its data center knows it, or else by its host, as in Eureka.
    private String id(DataCenter center) {
        var amazons =
                center.name().equals(DataCenter.AMAZON) ? center.metadata().getOrDefault("instance-id", "") : "";
        return Stream.of(text("instanceId"), amazons, text("hostName"))
                .filter(id -> !id.isBlank())
                .findFirst()
                .orElse("");
    }

    /// What has no name but Amazon's class is Amazon's: the attribute `class` in XML, `@class` in JSON.
    private DataCenter dataCenter() {
        var center = object("dataCenterInfo");
        var name = text(center, "name");
        if (name.isBlank() && text(center, Instance.CLASS).equals(InstanceWriter.AMAZON_CLASS)) {
            name = DataCenter.AMAZON;
        }
        if (name.isBlank()) {
            throw HttpException.badRequest("missing dataCenterInfo with its name");
        }
        return new DataCenter(name, map(center == null ? null : center.get("metadata")));
    }

    private static Duration seconds(@Nullable ObjectNode lease, String name, int otherwise) {
        return Duration.ofSeconds(Numbers.positive(name, text(lease, name), otherwise));
    }

    private Port port(String name, int otherwise, boolean enabled) {
        if (node.get(name) instanceof ObjectNode port) {
            var flag = text(port, "@enabled");
            return new Port(
                    portNumber(name, number(port, "$", otherwise)),
                    flag.isEmpty() ? enabled : Boolean.parseBoolean(flag));
        }
        return new Port(portNumber(name, number(node, name, otherwise)), enabled);
    }

    private static int portNumber(String name, long number) {
        if (number < 0 || number > 65_535) {
            throw HttpException.badRequest(name + " must be a number from 0 to 65535, not " + number);
        }
        return (int) number;
    }

    private SortedMap<String, String> texts() {
        var texts = new TreeMap<String, String>();
        for (var name : Instance.TEXTS) {
            if (!text(name).isEmpty()) {
                texts.put(name, text(name));
            }
        }
        return texts;
    }

    private String text(String name) {
        return text(node, name);
    }

    private @Nullable ObjectNode object(String name) {
        return node.get(name) instanceof ObjectNode object ? object : null;
    }

    private static String text(@Nullable ObjectNode node, String name) {
        var value = node == null ? null : node.get(name);
        if (value == null || value.isNull()) {
            return "";
        }
        if (value.isContainer()) {
            throw HttpException.badRequest(name + " must be a text");
        }
        return value.asString();
    }

    private static long number(@Nullable ObjectNode node, String name, long otherwise) {
        return Numbers.whole(name, text(node, name), otherwise);
    }

    private static SortedMap<String, String> map(@Nullable JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return Collections.emptySortedMap();
        }
        var map = new TreeMap<String, String>();
        object.propertyNames().stream()
                .filter(key -> !key.equals(Instance.CLASS))
                .forEach(key -> map.put(key, text(object, key)));
        return map;
    }
}
