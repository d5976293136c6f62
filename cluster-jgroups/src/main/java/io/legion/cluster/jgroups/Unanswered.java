package io.legion.cluster.jgroups;

import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// Addresses where somebody listens with whom no word is exchanged: one side only uses TLS, or a certificate is not
/// trusted. Who looks for its cluster is told, so that its failed start can say why.
final class Unanswered {

    /// A connection may end before the first word for other reasons; hardly so often.
    private static final int OFTEN = 3;

    private static final int MOST = 256;

    private final Audience audience;
    private final Map<Address, Integer> endings = new ConcurrentHashMap<>();

    Unanswered(Audience audience) {
        this.audience = audience;
    }

    /// A node at that address is heard.
    void heard(Address at) {
        endings.remove(at);
    }

    /// A connection was ended by the other side before anything was heard from it.
    void ended(Address at) {
        if (endings.size() < MOST && endings.merge(at, 1, Integer::sum) == OFTEN) {
            audience.refuse(at.toString(), Admission.noWord(at));
        }
    }

    /// A connection could not be secured.
    void notSecured(Address at, SSLException why) {
        var distrust = distrust(why);
        if (distrust == null) {
            ended(at);
        } else {
            audience.refuse(at.toString(), Admission.notTrusted(at, distrust));
        }
    }

    private static @Nullable String distrust(SSLException why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException distrust) {
                return distrust.getMessage();
            }
        }
        return null;
    }
}
