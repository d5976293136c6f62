package io.legion.cluster.test;

import io.legion.cluster.jgroups.Tls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A certificate that all nodes of a test have, made with the JDK's keytool.
public final class Certificate {
    /// The property with the directory where it is; without it nodes talk plainly.
    static final String PROPERTY = "journals.certificate";

    private static final String PASSWORD = "for-tests-only";

    private Certificate() {}

    /// Makes it, in this directory.
    public static void make(Path directory) {
        var node = directory.resolve("node.p12").toString();
        var exported = directory.resolve("node.pem").toString();
        var name = List.of("-alias", "node", "-dname", "CN=node", "-validity", "2");
        keytool("-genkeypair", node, name, List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        keytool("-exportcert", node, List.of("-alias", "node", "-rfc", "-file", exported), List.of());
        var trust = directory.resolve("trust.p12").toString();
        keytool("-importcert", trust, List.of("-alias", "node", "-noprompt", "-file", exported), List.of());
    }

    private static void keytool(String order, String store, List<String> arguments, List<String> more) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(order, "-keystore", store, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(arguments);
        command.addAll(more);
        Network.run(command);
    }

    /// How nodes use the one that is there.
    public static Tls in(Path directory) {
        return new Tls(directory.resolve("node.p12"), PASSWORD, null, directory.resolve("trust.p12"), PASSWORD, null);
    }
}
