package io.legion.discovery;

import java.util.List;
import java.util.SplittableRandom;

/// Calls of the registry's API with faults, from a seed: valid HTTP whose path, query, media types or body is wrong.
///
/// Each character of a text is a byte.
final class MalformedCalls {
    private record Call(String method, String path, String type, String body) {
        Call(String method, String path) {
            this(method, path, JSON, "");
        }
    }

    private static final String JSON = "application/json";
    private static final String XML = "application/xml";
    private static final String INSTANCE = """
            {"instance":{"instanceId":"a:1","hostName":"h","app":"ORDERS","ipAddr":"10.0.0.1","status":"UP",
            "overriddenstatus":"UNKNOWN","port":{"$":8080,"@enabled":"true"},"securePort":{"$":"443","@enabled":"false"},
            "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},
            "leaseInfo":{"renewalIntervalInSecs":30,"durationInSecs":90},"metadata":{"zone":"a","version":"1.2.3"},
            "vipAddress":"v,w","secureVipAddress":"s","countryId":1,"lastDirtyTimestamp":"1700000000000"}}""";
    private static final String ELEMENT = """
            <instance><instanceId>a:2</instanceId><hostName>h</hostName><app>ORDERS</app><ipAddr>10.0.0.1</ipAddr>
            <status>UP</status><port enabled="true">8080</port><dataCenterInfo class="x"><name>MyOwn</name></dataCenterInfo>
            <leaseInfo><durationInSecs>90</durationInSecs></leaseInfo><metadata><zone>a</zone></metadata>
            <vipAddress>v</vipAddress><lastDirtyTimestamp>1700000000000</lastDirtyTimestamp></instance>""";
    private static final String PLAIN =
            "{\"address\":\"h\",\"port\":80,\"securePort\":443,\"version\":\"1.2\",\"leaseSeconds\":90,\"metadata\":{\"a\":\"b\"}}";
    private static final List<Call> VALID = List.of(
            new Call("POST", "/eureka/apps/ORDERS", JSON, INSTANCE),
            new Call("POST", "/eureka/apps/ORDERS", XML, ELEMENT),
            new Call("PUT", "/v1/services/orders/instances/b", JSON, PLAIN),
            new Call("PUT", "/eureka/apps/ORDERS/a:1?status=UP&lastDirtyTimestamp=1700000000000"),
            new Call("PUT", "/eureka/apps/ORDERS/a:1/status?value=OUT_OF_SERVICE&lastDirtyTimestamp=1700000000000"),
            new Call("DELETE", "/eureka/apps/ORDERS/a:1/status?value=UP"),
            new Call("PUT", "/eureka/apps/ORDERS/a:1/metadata?key=value"),
            new Call("GET", "/eureka/apps/ORDERS"),
            new Call("GET", "/eureka/vips/v"),
            new Call("GET", "/eureka/instances/a:2"),
            new Call("DELETE", "/eureka/apps/ORDERS/a:2"),
            new Call("GET", "/v1/services/orders?version=^1.2&status=UP"),
            new Call("GET", "/v1/services?prefix=or&after=a&limit=10"),
            new Call("POST", "/v1/services/orders/instances/b/heartbeat", JSON, ""),
            new Call("GET", "/?app=orders&after=b"));
    private static final List<String> WORDS = List.of(
            "\"",
            "'",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "9223372036854775808",
            "\\u0000",
            "\\ud83d",
            "\\ude00\\ud83d",
            "\\u001b[2J",
            "\\",
            "\0",
            "\u00c3",
            "\u00ed\u00a0\u00bd",
            "\u00f0\u009f\u0098\u0080",
            "<",
            ">",
            "&",
            "&#0;",
            "&#xD800;",
            "&x;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<?x y?>",
            "<!DOCTYPE a [<!ENTITY x \"y\">]>",
            "<a xmlns=\"b\">",
            "</metadata>",
            "<metadata>",
            "@class",
            "$",
            "^",
            "~",
            "*",
            ">=1.0",
            "1." + "1.".repeat(2000),
            "99999999999999999999.0",
            "..",
            "/",
            "?",
            "&",
            "=",
            ";",
            "%",
            "%zz",
            "%00",
            "%ED%A0%BD",
            "%2F",
            "+",
            "x".repeat(1000));
    private static final List<String> TYPES = List.of(
            JSON, XML, "text/xml;charset=utf-16", "application/json;charset=nonsense", "*/*;q=nonsense", ",;=", "");

    private final SplittableRandom random;

    MalformedCalls(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// The next one, as it goes over the wire. The connection ends with its reply.
    String next() {
        var valid = VALID.get(random.nextInt(VALID.size()));
        boolean inBody = !valid.body.isEmpty() && random.nextInt(4) > 0;
        var body = inBody ? changed(valid.body) : valid.body;
        var path = inBody ? valid.path : "/" + onOneLine(changed(valid.path.substring(1)));
        return valid.method + " " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: "
                + typeOr(valid.type) + "\r\nAccept: " + typeOr(JSON) + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n"
                + body;
    }

    private String typeOr(String usual) {
        return random.nextInt(10) == 0 ? TYPES.get(random.nextInt(TYPES.size())) : usual;
    }

    private String changed(String valid) {
        var text = new StringBuilder(valid);
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(12));
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
            case 1 -> text.replace(at, end, WORDS.get(random.nextInt(WORDS.size())));
            case 2 -> text.delete(at, end);
            case 3 -> text.insert(at, text.substring(at, end));
            default -> text.insert(at, (char) random.nextInt(256));
        }
    }

    /// What would end the line of a request is escaped; half the time what else no path may have is, too.
    private String onOneLine(String path) {
        boolean all = random.nextBoolean();
        var line = new StringBuilder();
        path.chars().forEach(c -> {
            if (c <= ' ' || (all && (c > '~' || "\"<>\\^`{|}[]".indexOf(c) >= 0))) {
                line.append("%%%02X".formatted(c));
            } else {
                line.append((char) c);
            }
        });
        return line.toString();
    }
}
