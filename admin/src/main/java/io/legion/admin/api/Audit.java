package io.legion.admin.api;

import io.legion.http.ApiRequest;
import io.legion.service.Logger;
import java.net.InetAddress;

/// A line in the log for each order, and for each request that showed nothing that is right.
public final class Audit {
    /// A path of a stranger may be as long as the server allows.
    private static final int LONGEST_PATH = 200;

    private final Logger logger;

    public Audit(Logger logger) {
        this.logger = logger.named("audit");
    }

    void carriedOut(ApiRequest request, boolean dryRun, String what) {
        logger.info(
                who(request) + (dryRun ? " asked what would happen: " : " ordered: ") + what(request) + ": " + what);
    }

    void refused(ApiRequest request, int status, String why) {
        logger.warning(who(request) + " was refused an order (" + status + "): " + what(request) + ": " + why);
    }

    /// An order that ended in a failure, after it may have begun.
    void failed(ApiRequest request, Throwable failure) {
        logger.warning(who(request) + " gave an order that failed, and that may be carried out in whole or in part: "
                + what(request) + ": " + failure);
    }

    /// A request without the right token, password or certificate.
    public void unknown(InetAddress remote, String method, String path) {
        logger.warning(remote.getHostAddress()
                + " was refused (401), since it shows no token, password or certificate that is right: " + method + " "
                + shortened(path));
    }

    private static String who(ApiRequest request) {
        return request.remote().getHostAddress() + " (" + request.caller() + ")";
    }

    private static String what(ApiRequest request) {
        return request.method() + " " + shortened("/" + String.join("/", request.segments()));
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }
}
