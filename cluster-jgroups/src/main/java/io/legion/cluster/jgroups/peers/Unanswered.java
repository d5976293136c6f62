package io.legion.cluster.jgroups.peers;

import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// Addresses where a process listens and no word gets through: only one side uses TLS, or a certificate is not
/// trusted. The listener of a node that looks for its cluster hears so, and a failed start can say why.
final class Unanswered {

    /// A connection may end before the first word for other reasons, but hardly this often.
    private static final int OFTEN = 3;

    private static final int MOST = 256;

    private final Audience audience;
    private final Map<Address, Integer> endings = new ConcurrentHashMap<>();

    Unanswered(Audience audience) {
        this.audience = audience;
    }

    /// A node at that address was heard.
    void heard(Address at) {
        endings.remove(at);
    }

    /// The other side ended a connection before it said anything.
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
