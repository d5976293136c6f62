package io.legion.discovery.eureka;

import io.legion.discovery.json.Json;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/// Registrations as clients in several languages, with or without care, may send them.
final class RandomRegistrations {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "orders",
            "a,b,,a",
            "<&>\"'",
            "ä€😀",
            "\u0001\u001f\ufffe\uffff",
            "cut \ud83d",
            "]]>",
            "metadata",
            "@class",
            "$",
            "a_b-_$.c",
            "\n\t\r",
            "-1",
            "null",
            "{}",
            "x".repeat(260));
    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "30",
            "90",
            "86400",
            "86401",
            "65535",
            "65536",
            "2147483648",
            "1700000000000",
            "1.5",
            "1e3",
            "1e400",
            "9223372036854775807",
            "9223372036854775808",
            "true",
            "null",
            "\"\"",
            "\"7\"",
            "\"x\"",
            "[1]",
            "{\"$\":1}");
    private static final List<String> STATUSES =
            List.of("UP", "DOWN", "STARTING", "OUT_OF_SERVICE", "UNKNOWN", "up", "GREEN", "");
    private static final List<String> CENTERS = List.of("MyOwn", "Amazon", "Netflix", "myOwn", "Azure", "");
    private static final List<String> CLASSES = List.of(
            "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
            "com.netflix.appinfo.AmazonInfo",
            "com.netflix.appinfo.MyDataCenterInfo",
            "java.lang.Object",
            "");

    private final Random random;

    RandomRegistrations(Random random) {
        this.random = random;
    }

    /// An instance of this application as Eureka's JSON.
    String eureka(String application, String id) {
        var node = Json.object().put("app", application).put("hostName", "host").put("ipAddr", "10.0.0.1");
        if (random.nextInt(4) > 0) {
            node.put("instanceId", id);
        }
        node.put("status", one(STATUSES));
        node.put("overriddenstatus", one(STATUSES));
        sometimes(node, "hostName", "sid", "appGroupName", "asgName", "homePageUrl", "statusPageUrl");
        sometimes(node, "healthCheckUrl", "secureHealthCheckUrl", "vipAddress", "secureVipAddress", "ipAddr");
        node.set("dataCenterInfo", center());
        node.set("metadata", texts(4));
        return "{\"instance\":" + withNumbers(node) + "}";
    }

    /// A body of `/v1`.
    String plain() {
        var node = Json.object().put("address", "10.0.0.1").put("port", random.nextInt(65_536));
        sometimes(node, "host", "vip", "secureVip", "version");
        if (random.nextBoolean()) {
            node.put("status", one(STATUSES));
        }
        node.set("metadata", texts(4));
        return node.toString();
    }

    /// A text that is more or less one.
    String text() {
        return one(TEXTS);
    }

    private ObjectNode center() {
        var center = Json.object();
        if (random.nextInt(4) > 0) {
            center.put("@class", one(CLASSES));
        }
        if (random.nextInt(4) > 0) {
            center.put("name", one(CENTERS));
        }
        if (random.nextBoolean()) {
            var metadata = texts(3);
            metadata.put("instance-id", "i-" + random.nextInt(10));
            center.set("metadata", metadata);
        }
        return center;
    }

    private String withNumbers(ObjectNode node) {
        var text = new StringBuilder(node.toString());
        text.setLength(text.length() - 1);
        for (var name : List.of("port", "securePort", "countryId", "lastDirtyTimestamp")) {
            if (random.nextBoolean()) {
                text.append(",\"").append(name).append("\":").append(number());
            }
        }
        if (random.nextBoolean()) {
            text.append(",\"leaseInfo\":{\"renewalIntervalInSecs\":")
                    .append(number())
                    .append(",\"durationInSecs\":")
                    .append(number())
                    .append('}');
        }
        return text.append('}').toString();
    }

    /// Mostly one that is taken, since else nothing would be.
    private String number() {
        return random.nextInt(5) > 0 ? Integer.toString(1 + random.nextInt(100)) : one(NUMBERS);
    }

    private void sometimes(ObjectNode node, String... names) {
        for (var name : names) {
            if (random.nextInt(6) == 0) {
                node.put(name, text());
            }
        }
    }

    private ObjectNode texts(int most) {
        var texts = Json.object();
        for (int i = random.nextInt(most); i > 0; i--) {
            texts.put(text(), text());
        }
        return texts;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
