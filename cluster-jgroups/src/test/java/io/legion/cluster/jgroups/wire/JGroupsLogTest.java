package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import io.legion.spi.Cluster;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JGroupsLogTest {
    private final RecordingLogger logger = RecordingLogger.open();
    private final Doorbook doorbook = new Doorbook();
    private final JGroupsLog log = new JGroupsLog(logger, _ -> {}, doorbook);

    @AfterEach
    void close() {
        logger.close();
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotedAsOne() {
        log.notAccepted(InetAddress.getLoopbackAddress(), new SSLHandshakeException("no trusted certificate"));
        assertThat(doorbook.latest()).singleElement().matches(Cluster.KeptOut::certificate);
        logger.allow(Priority.WARNING, "no trusted certificate");
    }

    @Test
    void whoConnectsAndGoesShowsNoWrongCertificate() throws Exception {
        var why = failureOfAHandshakeThatNobodyBegins();
        assertThat(why).isInstanceOf(SSLException.class);
        log.notAccepted(InetAddress.getLoopbackAddress(), why);
        assertThat(doorbook.latest())
                .singleElement()
                .matches(one -> !one.certificate())
                .matches(one -> one.why().contains("it ended before it had shown who it is"));
        logger.allow(Priority.WARNING, "it ended before");
    }

    private static Throwable failureOfAHandshakeThatNobodyBegins() throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        try (var port = SSLContext.getDefault().getServerSocketFactory().createServerSocket(0, 1, loopback)) {
            new Socket(loopback, port.getLocalPort()).close();
            try (var accepted = (SSLSocket) port.accept()) {
                return catchThrowable(accepted::startHandshake);
            }
        }
    }
}
