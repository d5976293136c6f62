package io.legion.admin;

import io.legion.admin.api.Audit;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Gate;
import io.legion.http.HttpException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Keeps out pages of other sites that the operator's browser shows: they can neither read nor act.
///
/// A name that a stranger controls may lead here (DNS rebinding), so `Host` must be an address, or a name that
/// is known; browsers say in `Origin` and `Sec-Fetch-Site` which page asks.
final class AdminGate implements Gate {
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// Alone: at `Basic` a browser would ask by a window of its own, before the page can.
    private static final String CHALLENGE = "Bearer realm=\"legion\"";

    /// No name looks so: the last label of one has a letter.
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+\\]");

    private final List<String> hostNames;
    private final Audit audit;

    /// @param hostNames beside `localhost` and addresses, how clients may name this server
    AdminGate(List<String> hostNames, Audit audit) {
        this.hostNames =
                hostNames.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        this.audit = audit;
    }

    @Override
    public void check(ApiRequest request) {
        try {
            requireOurs(request);
        } catch (HttpException strange) {
            if (request.method().equals("POST")) {
                audit.refused(request, strange.status(), String.valueOf(strange.getMessage()));
            }
            throw strange;
        }
    }

    private void requireOurs(ApiRequest request) {
        var host = request.header("Host").orElse("");
        if (!isKnown(host)) {
            throw new HttpException(
                    421,
                    "this server is not \"" + host + "\": call it by its address, by localhost, or by a name that its"
                            + " setting hostNames lists");
        }
        requireOwnPage(request, host);
    }

    private boolean isKnown(String host) {
        var name = name(host);
        return name.equals("localhost") || ADDRESS.matcher(name).matches() || hostNames.contains(name);
    }

    /// Without the port.
    private static String name(String host) {
        return host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
    }

    private static void requireOwnPage(ApiRequest request, String host) {
        var origin = request.header("Origin");
        if (origin.isPresent() && !isOf(origin.get(), host)) {
            throw strange("its Origin is " + origin.get());
        }
        var site = request.header("Sec-Fetch-Site").orElse("none");
        if (!site.equals("none") && !site.equals("same-origin") && !opensThePage(request)) {
            throw strange("its Sec-Fetch-Site is " + site);
        }
    }

    private static boolean isOf(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /// A link that somebody follows may be anywhere; what it shows is no other page's.
    private static boolean opensThePage(ApiRequest request) {
        return request.method().equals("GET")
                && request.segments().isEmpty()
                && request.header("Sec-Fetch-Mode").filter("navigate"::equals).isPresent()
                && request.header("Sec-Fetch-Dest").filter("document"::equals).isPresent();
    }

    private static HttpException strange(String sign) {
        return new HttpException(403, "a page of another site has sent this (" + sign + "); nothing was changed");
    }

    @Override
    public void refused(InetAddress remote, String method, String target) {
        audit.unknown(remote, method, target);
    }

    @Override
    public ApiReply passing(ApiReply reply) {
        var passing = reply.asProblem()
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer");
        var asked = reply.status() == 401 ? passing.header("WWW-Authenticate", CHALLENGE) : passing;
        return reply.headers().containsKey("Cache-Control") ? asked : asked.header("Cache-Control", "no-store");
    }
}
