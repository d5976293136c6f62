package io.legion.cluster.jgroups.wire;

import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Trusts what another manager trusts, and says what not: otherwise all that shows is a closed socket.
final class ToldTrust extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager trusted;
    private final BiConsumer<InetAddress, String> refused;

    /// @param refused hears of the host whose connection is not accepted, and why
    ToldTrust(X509ExtendedTrustManager trusted, BiConsumer<InetAddress, String> refused) {
        this.trusted = trusted;
        this.refused = refused;
    }

    /// A check of the manager behind this one.
    private interface Check {
        void run() throws CertificateException;
    }

    private static void check(X509Certificate[] chain, Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException distrusted) {
            var whose = chain.length == 0
                    ? "nobody"
                    : chain[0].getSubjectX500Principal().getName();
            throw new CertificateException(
                    "its certificate, of " + whose + ", is not trusted (" + distrusted.getMessage() + ")", distrusted);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        try {
            check(chain, () -> trusted.checkClientTrusted(chain, type, socket));
        } catch (CertificateException distrusted) {
            if (socket != null && socket.getInetAddress() != null) {
                refused.accept(socket.getInetAddress(), String.valueOf(distrusted.getMessage()));
            }
            throw distrusted;
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        check(chain, () -> trusted.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain, () -> trusted.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain, () -> trusted.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, () -> trusted.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain, () -> trusted.checkServerTrusted(chain, type));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.getAcceptedIssuers();
    }
}
