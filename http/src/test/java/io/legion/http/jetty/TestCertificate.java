package io.legion.http.jetty;

import io.legion.http.HttpTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A key with a certificate that it signed itself, made by the JDK's keytool.
///
/// @param store a key store (PKCS 12) with the password `secret`
record TestCertificate(Path store) {
    static final String PASSWORD = "secret";

    static TestCertificate make(Path directory, String name) throws IOException, InterruptedException {
        var store = directory.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-alias",
                        "server",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-validity",
                        "30",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return new TestCertificate(store);
    }

    HttpTls tls() {
        return new HttpTls(store, PASSWORD, null, null, null);
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    void writePem(Path certificate, Path key) throws IOException, GeneralSecurityException {
        writeCertificate(certificate);
        writeKey(key);
    }

    void writeCertificate(Path file) throws IOException, GeneralSecurityException {
        Files.writeString(
                file, pem("CERTIFICATE", keys().getCertificate("server").getEncoded()));
    }

    void writeKey(Path file) throws IOException, GeneralSecurityException {
        Files.writeString(
                file,
                pem(
                        "PRIVATE KEY",
                        keys().getKey("server", PASSWORD.toCharArray()).getEncoded()));
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    /// What trusts this certificate and no other, and shows none.
    SSLContext trust() throws IOException, GeneralSecurityException {
        return trust(null);
    }

    /// What trusts this certificate and no other, and shows another one.
    SSLContext trustAndShow(TestCertificate own) throws IOException, GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own.keys(), PASSWORD.toCharArray());
        return trust(managers.getKeyManagers());
    }

    private SSLContext trust(KeyManager @Nullable [] shown) throws IOException, GeneralSecurityException {
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys().getCertificate("server"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(shown, managers.getTrustManagers(), null);
        return context;
    }
}
