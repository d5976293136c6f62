package io.legion.discovery.plain;

import io.legion.discovery.json.Json;
import io.legion.discovery.registry.DataCenter;
import io.legion.discovery.registry.Instance;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Port;
import io.legion.discovery.registry.Replace;
import io.legion.discovery.registry.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// An instance in the plain API's JSON.
final class PlainInstance {
    private static final Set<String> KNOWN = Set.of(
            "address",
            "port",
            "host",
            "securePort",
            "version",
            "status",
            "leaseSeconds",
            "vip",
            "secureVip",
            "metadata");
    private static final int DEFAULT_LEASE_SECONDS = 90;

    /// Whoever registers knows its status.
    private static final Set<Status> STATUSES = EnumSet.complementOf(EnumSet.of(Status.UNKNOWN));

    private PlainInstance() {}

    /// The tree of an instance.
    static ObjectNode write(String service, String id, Lease lease) {
        var instance = lease.announced().instance().decode();
        var node = Json.object()
                .put("service", service)
                .put("id", id)
                .put("status", lease.status().name())
                .put("address", instance.address())
                .put("host", instance.host())
                .put("port", instance.port().number());
        if (instance.securePort().enabled()) {
            node.put("securePort", instance.securePort().number());
        }
        instance.version().ifPresent(version -> node.put("version", version));
        node.put("leaseSeconds", instance.lease().toSeconds());
        node.put("registered", Instant.ofEpochMilli(lease.times().registered()).toString());
        node.put("renewed", Instant.ofEpochMilli(lease.times().renewed()).toString());
        var metadata = node.putObject("metadata");
        instance.metadata().forEach(metadata::put);
        return node;
    }

    /// Reads a registration.
    ///
    /// @throws IllegalArgumentException if something is missing, unknown or not what it should be
    static Replace read(String service, String id, ObjectNode body) {
        for (var name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no field " + name + "; the fields are " + String.join(", ", new TreeSet<>(KNOWN)));
            }
        }
        var address = text(body, "address", "");
        if (!body.has("port")) {
            throw new IllegalArgumentException("missing port");
        }
        long lease = number(body, "leaseSeconds", DEFAULT_LEASE_SECONDS);
        boolean secure = body.has("securePort");
        var instance = new Instance(
                id,
                service,
                text(body, "host", address),
                address,
                port(body, "port", true),
                secure ? port(body, "securePort", true) : new Port(0, false),
                DataCenter.MY_OWN,
                1,
                Duration.ofSeconds(Math.max(1, lease / 3)),
                Duration.ofSeconds(lease),
                texts(body),
                metadata(body));
        return Replace.of(
                instance, body.has("status") ? Optional.of(status(text(body, "status", ""))) : Optional.empty());
    }

    private static SortedMap<String, String> texts(ObjectNode body) {
        var texts = new TreeMap<String, String>();
        if (body.has("vip")) {
            texts.put("vipAddress", text(body, "vip", ""));
        }
        if (body.has("secureVip")) {
            texts.put("secureVipAddress", text(body, "secureVip", ""));
        }
        return texts;
    }

    private static SortedMap<String, String> metadata(ObjectNode body) {
        var metadata = new TreeMap<String, String>();
        var node = body.get("metadata");
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> metadata.put(name, text(object, name, "")));
        } else if (node != null) {
            throw new IllegalArgumentException("metadata must be an object of texts");
        }
        if (body.has("version")) {
            metadata.put(Instance.VERSION, text(body, "version", ""));
        }
        return metadata;
    }

    private static Port port(ObjectNode body, String name, boolean enabled) {
        return new Port(Math.clamp(number(body, name, 0), -1, 65_536), enabled);
    }

    private static Status status(String name) {
        return STATUSES.stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "status must be UP, DOWN, STARTING or OUT_OF_SERVICE, not " + name));
    }

    private static String text(ObjectNode node, String name, String otherwise) {
        JsonNode value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isString()) {
            throw new IllegalArgumentException(name + " must be a text");
        }
        return value.asString();
    }

    private static long number(ObjectNode node, String name, long otherwise) {
        JsonNode value = node.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " must be a whole number");
        }
        return value.asLong();
    }
}
