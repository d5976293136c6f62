package io.legion.discovery.eureka;

import io.legion.discovery.json.Json;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

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
        void application(OutputStream out, ShownApplication application) throws IOException {
            writing(out, json -> {
                json.writeName("application");
                write(json, application);
            });
        }

        @Override
        void applications(OutputStream out, String hashCode, Stream<ShownApplication> applications) throws IOException {
            writing(out, json -> {
                json.writeObjectPropertyStart("applications");
                json.writeStringProperty(VERSION, ALWAYS);
                json.writeStringProperty(HASH_CODE, hashCode);
                json.writeArrayPropertyStart("application");
                applications.forEach(application -> write(json, application));
                json.writeEndArray();
                json.writeEndObject();
            });
        }

        private void writing(OutputStream out, Consumer<JsonGenerator> fields) throws IOException {
            try (var json = Json.MAPPER.createGenerator(out)) {
                json.writeStartObject();
                fields.accept(json);
                json.writeEndObject();
            } catch (JacksonIOException failure) {
                throw failure.getCause();
            }
        }

        private void write(JsonGenerator json, ShownApplication application) {
            json.writeStartObject();
            json.writeStringProperty("name", application.name());
            json.writeArrayPropertyStart("instance");
            application.instances().forEach(json::writeTree);
            json.writeEndArray();
            json.writeEndObject();
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
        void application(OutputStream out, ShownApplication application) throws IOException {
            writing(out, xml -> write(xml, application));
        }

        @Override
        void applications(OutputStream out, String hashCode, Stream<ShownApplication> applications) throws IOException {
            writing(out, xml -> {
                xml.writeStartElement("applications");
                XmlTree.write(xml, VERSION, StringNode.valueOf(ALWAYS), false);
                XmlTree.write(xml, HASH_CODE, StringNode.valueOf(hashCode), false);
                for (var all = applications.iterator(); all.hasNext(); ) {
                    write(xml, all.next());
                }
                xml.writeEndElement();
            });
        }

        private void write(XMLStreamWriter xml, ShownApplication application) throws XMLStreamException {
            xml.writeStartElement("application");
            XmlTree.write(xml, "name", StringNode.valueOf(application.name()), false);
            for (var instances = application.instances().iterator(); instances.hasNext(); ) {
                XmlTree.write(xml, "instance", instances.next(), false);
            }
            xml.writeEndElement();
        }

        private void writing(OutputStream out, Document document) throws IOException {
            try (var buffered = new BufferedOutputStream(out)) {
                var xml = XmlTree.writer(buffered);
                document.write(xml);
                xml.close();
            } catch (XMLStreamException failure) {
                throw new IOException(failure);
            }
        }

        @Override
        ObjectNode read(byte[] body) {
            return XmlTree.read(body);
        }
    };

    /// What XML is written of.
    @FunctionalInterface
    private interface Document {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

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

    /// The document of one application.
    abstract void application(OutputStream out, ShownApplication application) throws IOException;

    /// The document of many applications, written one by one.
    abstract void applications(OutputStream out, String hashCode, Stream<ShownApplication> applications)
            throws IOException;

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
}
