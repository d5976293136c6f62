package io.legion.discovery.eureka;

import io.legion.discovery.json.Json;
import io.legion.http.HttpException;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// XML as the JSON tree that Eureka makes of it: an attribute is a field whose name begins with `@`, the text
/// of an element with attributes is the field `$`, the text of one without is its value, and a list repeats its
/// element. The children of `metadata` are the entries of a map: their names are keys ([XmlName]), even the name
/// `metadata`, and the attributes of both mean nothing. One field has another name in XML: `overriddenstatus`.
///
/// It reads no document type, and so no entity.
final class XmlTree {
    private static final String MAP = "metadata";
    private static final Map<String, String> SPELLED = Map.of("overriddenStatus", "overriddenstatus");
    private static final int MAX_DEPTH = 20;

    private XmlTree() {}

    /// Reads a document whose root element is not part of the tree.
    ///
    /// @throws HttpException 400 if it is not XML or has a document type
    static ObjectNode read(byte[] body) {
        try {
            var reader = input().createXMLStreamReader(new StringReader(XmlText.of(body)));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                if (reader.getEventType() == XMLStreamConstants.DTD) {
                    throw HttpException.badRequest("a document type is not allowed");
                }
            }
            var root = element(reader, 0, false);
            while (reader.hasNext()) {
                reader.next();
            }
            return root instanceof ObjectNode object ? object : Json.object();
        } catch (XMLStreamException malformed) {
            var place = malformed.getLocation();
            throw HttpException.badRequest("the body is not XML that is taken here"
                    + (place == null
                            ? ""
                            : " (line " + place.getLineNumber() + ", column " + place.getColumnNumber() + ")"));
        }
    }

    private static XMLInputFactory input() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static JsonNode element(XMLStreamReader reader, int depth, boolean entry) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw HttpException.badRequest("the elements are nested more than " + MAX_DEPTH + " deep");
        }
        boolean map = !entry && reader.getLocalName().equals(MAP);
        var object = Json.object();
        for (int i = 0; i < reader.getAttributeCount() && !map && !entry; i++) {
            object.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        var text = new StringBuilder();
        boolean children = false;
        while (reader.next() != XMLStreamConstants.END_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                children = true;
                var name = reader.getLocalName();
                object.set(map ? XmlName.decode(name) : name, element(reader, depth + 1, map));
            } else if (reader.hasText() && reader.getEventType() != XMLStreamConstants.COMMENT) {
                text.append(reader.getText());
            }
        }
        if (children || map) {
            return object;
        }
        if (object.isEmpty()) {
            return object.stringNode(text.toString().strip());
        }
        return object.put("$", text.toString().strip());
    }

    /// A writer to this stream, in UTF-8, at the start of a document.
    static XMLStreamWriter writer(OutputStream out) throws XMLStreamException {
        return XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
    }

    /// Writes an element; for a list, one element for each entry.
    static void write(XMLStreamWriter writer, String name, JsonNode node, boolean map) throws XMLStreamException {
        if (node.isArray()) {
            for (var entry : node) {
                write(writer, name, entry, map);
            }
            return;
        }
        writer.writeStartElement(map ? XmlName.encode(name) : SPELLED.getOrDefault(name, name));
        if (node instanceof ObjectNode object) {
            writeFields(writer, object, !map && name.equals(MAP));
        } else {
            writer.writeCharacters(legal(node.asString()));
        }
        writer.writeEndElement();
    }

    private static void writeFields(XMLStreamWriter writer, ObjectNode object, boolean map) throws XMLStreamException {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().startsWith("@") && !map) {
                writer.writeAttribute(
                        field.getKey().substring(1), legal(field.getValue().asString()));
            }
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equals("$") && !map) {
                writer.writeCharacters(field.getValue().asString());
            } else if (!field.getKey().startsWith("@") || map) {
                write(writer, field.getKey(), field.getValue(), map);
            }
        }
    }

    /// XML cannot write most control characters; they become spaces.
    private static String legal(String text) {
        var illegal = text.chars().anyMatch(c -> (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c >= 0xfffe);
        return illegal ? text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", " ") : text;
    }
}
