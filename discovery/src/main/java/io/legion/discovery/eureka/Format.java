package io.legion.discovery.eureka;

import io.legion.discovery.json.Json;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The two formats of the Eureka API.
enum Format {
    /// What all clients of today ask for.
    JSON(ApiReply.JSON) {
        @Override
        byte[] one(String root, ObjectNode node) {
            var body = Json.object();
            body.set(root, node);
            return Json.MAPPER.writeValueAsBytes(body);
        }

        @Override
        byte[] applications(String hashCode, Stream<ObjectNode> applications) {
            var out = new ByteArrayOutputStream();
            try (var json = Json.MAPPER.createGenerator(out)) {
                json.writeStartObject();
                json.writeObjectPropertyStart("applications");
                json.writeStringProperty(VERSION, ALWAYS);
                json.writeStringProperty(HASH_CODE, hashCode);
                json.writeArrayPropertyStart("application");
                applications.forEach(json::writeTree);
                json.writeEndArray();
                json.writeEndObject();
                json.writeEndObject();
            }
            return out.toByteArray();
        }

        @Override
        ObjectNode read(byte[] body) {
            return Json.readObject(LENIENT, body);
        }
    },

    /// What the first clients spoke, and the format of an answer without an `Accept` header.
    XML(ApiReply.XML) {
        @Override
        byte[] one(String root, ObjectNode node) {
            var out = new ByteArrayOutputStream();
            try {
                var xml = XmlTree.writer(out);
                XmlTree.write(xml, root, node, false);
                xml.close();
            } catch (XMLStreamException failure) {
                throw new IllegalStateException("writing XML to memory failed", failure);
            }
            return out.toByteArray();
        }

        @Override
        byte[] applications(String hashCode, Stream<ObjectNode> applications) {
            var out = new ByteArrayOutputStream();
            try {
                var xml = XmlTree.writer(out);
                xml.writeStartElement("applications");
                var head = Json.object().put(VERSION, ALWAYS).put(HASH_CODE, hashCode);
                XmlTree.write(xml, VERSION, head.get(VERSION), false);
                XmlTree.write(xml, HASH_CODE, head.get(HASH_CODE), false);
                for (var all = applications.iterator(); all.hasNext(); ) {
                    XmlTree.write(xml, "application", all.next(), false);
                }
                xml.writeEndElement();
                xml.close();
            } catch (XMLStreamException failure) {
                throw new IllegalStateException("writing XML to memory failed", failure);
            }
            return out.toByteArray();
        }

        @Override
        ObjectNode read(byte[] body) {
            return XmlTree.read(body);
        }
    };

    /// Of two fields of one name the last counts, as for Netflix's server.
    private static final JsonMapper LENIENT = Json.MAPPER
            .rebuild()
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String VERSION = "versions__delta";

    /// Netflix's server counts its deltas here. No client compares it, since each server counts for itself: they go
    /// by the hash code. Some keep it in 16 bits.
    private static final String ALWAYS = "1";

    private static final String HASH_CODE = "apps__hashcode";

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    /// A document with one root.
    abstract byte[] one(String root, ObjectNode node);

    /// The document of many applications, made one by one.
    abstract byte[] applications(String hashCode, Stream<ObjectNode> applications);

    /// Reads a body: XML without its root, JSON as it is.
    abstract ObjectNode read(byte[] body);

    String mediaType() {
        return mediaType;
    }

    /// The format of an answer: JSON if the client takes any JSON, else XML, as in Eureka.
    static Format accepted(ApiRequest request) {
        return request.header("Accept").orElse("").contains("json") ? JSON : XML;
    }

    /// The format of a body.
    ///
    /// @throws HttpException 415 if it is neither
    static Format sent(ApiRequest request) {
        var type = request.header("Content-Type").orElse("");
        var bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (bare.equals("application/json") || bare.equals("text/json") || bare.endsWith("+json")) {
            return JSON;
        }
        if (bare.equals("application/xml") || bare.equals("text/xml")) {
            return XML;
        }
        throw new HttpException(
                415, "send application/json or application/xml, not " + (type.isEmpty() ? "nothing" : type));
    }

    /// The tree of an application.
    static ObjectNode application(String name, List<ObjectNode> instances) {
        var node = Json.object().put("name", name);
        node.putArray("instance").addAll(instances);
        return node;
    }
}
