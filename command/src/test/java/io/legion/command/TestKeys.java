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

/// A key with a certificate, and an authority of its own that signed it, made by the JDK's keytool.
///
/// @param store a key store (PKCS 12)
record TestKeys(Path store) {
    private static final String PASSWORD = "secret";

    /// @param options of keytool for the certificate: the names and the validity
    static TestKeys make(Path directory, String name, String... options) throws IOException, InterruptedException {
        var store = directory.resolve(name + ".p12");
        generate(store, "authority", List.of("-ext", "bc=ca:true", "-dname", "CN=authority of " + name));
        var own = new ArrayList<>(List.of("-signer", "authority", "-dname", "CN=" + name));
        own.addAll(List.of(options));
        generate(store, "own", own);
        return new TestKeys(store);
    }

    private static void generate(Path store, String alias, List<String> options)
            throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-alias", alias, "-keystore", store.toString()));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(options);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        var empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        return empty;
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    /// The certificate of whoever vouches for it, as a PEM file.
    String authority() throws IOException, GeneralSecurityException {
        return pem(
                "CERTIFICATE", "authority", keys().getCertificate("authority").getEncoded());
    }

    /// The certificate as a PEM file.
    String certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", "own", keys().getCertificate("own").getEncoded());
    }

    /// The key as a PEM file.
    String key() throws IOException, GeneralSecurityException {
        return pem(
                "PRIVATE KEY",
                "key",
                keys().getKey("own", PASSWORD.toCharArray()).getEncoded());
    }

    private String pem(String what, String part, byte[] content) throws IOException {
        var file = store.resolveSibling(store.getFileName() + "-" + part + ".pem");
        Files.writeString(
                file,
                "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + what + "-----\n");
        return file.toString();
    }

    /// What a server shows, and which clients it believes.
    SSLContext context(TestKeys trusted) throws IOException, GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        var shown = empty();
        shown.setKeyEntry(
                "own",
                keys().getKey("own", PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                keys().getCertificateChain("own"));
        own.init(shown, PASSWORD.toCharArray());
        var believed = empty();
        believed.setCertificateEntry("trusted", trusted.keys().getCertificate("authority"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(believed);
        var context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
