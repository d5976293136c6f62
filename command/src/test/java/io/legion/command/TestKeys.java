package io.legion.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key with a certificate that it signed itself, made by the JDK's keytool.
///
/// @param store a key store (PKCS 12)
record TestKeys(Path store) {
    private static final String PASSWORD = "secret";

    /// @param options of keytool: the names and the validity
    static TestKeys make(Path directory, String name, String... options) throws IOException, InterruptedException {
        var store = directory.resolve(name + ".p12");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                "own",
                "-dname",
                "CN=" + name));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of(options));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return new TestKeys(store);
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /// The certificate as a PEM file.
    String certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", keys().getCertificate("own").getEncoded());
    }

    /// The key as a PEM file.
    String key() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", keys().getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private String pem(String what, byte[] content) throws IOException {
        var file = store.resolveSibling(store.getFileName() + "-" + what.replace(' ', '-') + ".pem");
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
        return file.toString();
    }

    /// What a server shows, and which clients it believes.
    SSLContext context(TestKeys trusted) throws IOException, GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys(), PASSWORD.toCharArray());
        var believed = KeyStore.getInstance("PKCS12");
        believed.load(null, null);
        believed.setCertificateEntry("trusted", trusted.keys().getCertificate("own"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
