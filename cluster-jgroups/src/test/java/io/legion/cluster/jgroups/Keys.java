package io.legion.cluster.jgroups;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Certificates made with the JDK's keytool: an authority, and nodes that it certifies.
public final class Keys {

    private static final String PASSWORD = "for-tests-only";

    private final Path directory;

    /// An authority of this name, with its files in `directory`.
    public Keys(Path directory) {
        this.directory = directory;
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c", "-keystore", file("ca.p12"));
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", file("ca.pem"), "-keystore", file("ca.p12"));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", file("trust.p12"));
    }

    /// A node with a certificate of this authority.
    public Tls node(String name) throws IOException {
        var store = file(name + ".p12");
        keytool("-genkeypair", "-alias", "node", "-dname", "CN=" + name, "-keystore", store);
        keytool("-certreq", "-alias", "node", "-file", file(name + ".csr"), "-keystore", store);
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"),
                "-keystore",
                file("ca.p12"));
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", file("ca.pem"), "-keystore", store);
        keytool("-importcert", "-noprompt", "-alias", "node", "-file", file(name + ".pem"), "-keystore", store);
        var password = Files.writeString(directory.resolve(name + ".password"), PASSWORD + "\n");
        return new Tls(Path.of(store), null, password, Path.of(file("trust.p12")), PASSWORD, null);
    }

    /// A node that knows whom to trust, but whose certificate nobody has certified.
    Tls rogue(String name) {
        var store = file(name + ".p12");
        keytool("-genkeypair", "-alias", "node", "-dname", "CN=" + name, "-keystore", store);
        return new Tls(Path.of(store), PASSWORD, null, Path.of(file("trust.p12")), PASSWORD, null);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void keytool(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        if (List.of(arguments).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
        }
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("keytool failed: " + output);
            }
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
