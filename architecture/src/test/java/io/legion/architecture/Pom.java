package io.legion.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// A POM as its text stands: with variables, and without what it inherits.
record Pom(Document document) {
    /// A dependency; what the text leaves out is empty.
    record Dependency(String group, String artifact, String version, String scope) {
        String name() {
            return group + ":" + artifact;
        }

        boolean isOurs() {
            return group.equals("io.legion");
        }

        /// The module that this dependency on one of ours means.
        String module() {
            return artifact.substring("legion-".length());
        }

        private static Dependency read(Node node) {
            return new Dependency(
                    text(node, "groupId"), text(node, "artifactId"), text(node, "version"), text(node, "scope"));
        }
    }

    static Pom ofTheRoot() {
        return read(Path.of("..", "pom.xml"));
    }

    static Pom ofModule(String name) {
        return read(Path.of("..", name, "pom.xml"));
    }

    /// The dependencies at a place, as in `/project/dependencies`.
    List<Dependency> dependencies(String place) {
        return nodes(document, place + "/dependency").stream()
                .map(Dependency::read)
                .toList();
    }

    /// The texts of all elements at a place.
    List<String> texts(String place) {
        return nodes(document, place).stream().map(Node::getTextContent).toList();
    }

    private static Pom read(Path path) {
        try {
            return new Pom(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(path.toFile()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SAXException | ParserConfigurationException failure) {
            throw new IllegalStateException(path + " is no XML.", failure);
        }
    }

    private static String text(Node node, String child) {
        return nodes(node, child).stream().map(Node::getTextContent).findFirst().orElse("");
    }

    private static List<Node> nodes(Node from, String place) {
        try {
            var found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(place, from, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength()).mapToObj(found::item).toList();
        } catch (XPathExpressionException mistake) {
            throw new IllegalArgumentException(place, mistake);
        }
    }
}
