package io.legion.discovery.status;

import io.legion.admin.Health;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.service.Snapshot;
import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.UnavailableException;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The page at `/`: the applications and their instances, for people. It has no script, and takes nothing from
/// elsewhere: a browser that obeys its policy runs nothing that an instance has put into its texts.
///
/// **Threads.** Any.
public final class ApplicationsPage {
    /// How many instances a page shows.
    static final int ROWS = 200;

    /// How often a browser asks for the page anew.
    private static final int SECONDS = 10;

    private static final String HTML = "text/html; charset=utf-8";
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Snapshots snapshots;
    private final Health health;
    private final LongSupplier clockMillis;
    private final Optional<URI> dashboard;

    /// @param dashboard where the admin service of this node is
    public ApplicationsPage(Snapshots snapshots, Health health, LongSupplier clockMillis, Optional<URI> dashboard) {
        this.dashboard = dashboard;
        this.snapshots = snapshots;
        this.health = health;
        this.clockMillis = clockMillis;
    }

    /// The route.
    public List<Route> routes() {
        return List.of(new Route("GET", "/", this::page));
    }

    /// Where the page before ended; both are empty for the first page.
    private record After(String application, String id) {
        boolean isBefore(String otherApplication, String otherId) {
            return !otherApplication.equals(application) || otherId.compareTo(id) > 0;
        }
    }

    /// One line of the table.
    private record Row(String application, String id, Lease lease) {}

    private ApiReply page(ApiRequest request) {
        var prefix = InstanceKey.canonical(request.query("prefix").orElse(""));
        var html = new StringBuilder(1 << 16).append(HEAD);
        dashboard.ifPresent(at -> html.append("<p><a rel=\"noreferrer\" href=\"")
                .append(escaped(at.toString()))
                .append("/\">The cluster behind it: dashboard</a></p>\n"));
        state(html);
        int status = 200;
        try {
            instances(html, request, prefix, snapshots.renewed(clockMillis.getAsLong()));
        } catch (UnavailableException unreadable) {
            status = 503;
            bad(html, unreadable.getMessage());
        }
        boolean live = !request.query("live").equals(Optional.of("no"));
        html.append(live ? LIVE : "").append("</main></body></html>\n");
        var reply = ApiReply.of(status, HTML, html.toString().getBytes(StandardCharsets.UTF_8))
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff");
        return live ? reply.header("Refresh", String.valueOf(SECONDS)) : reply;
    }

    private void instances(StringBuilder html, ApiRequest request, String prefix, Snapshot snapshot) {
        var after = new After(
                request.query("app").orElse(""), request.query("after").orElse(""));
        var rows = rows(snapshot, prefix, after).limit(ROWS + 1).toList();
        summary(html, snapshot);
        search(html, prefix);
        table(html, rows.subList(0, Math.min(ROWS, rows.size())));
        if (rows.size() > ROWS) {
            next(html, prefix, rows.get(ROWS - 1));
        }
    }

    /// The instances behind this one, in the order of their applications and ids.
    private static Stream<Row> rows(Snapshot snapshot, String prefix, After after) {
        var first = after.application.compareTo(prefix) > 0 ? after.application : prefix;
        return snapshot.applications().tailMap(first).entrySet().stream()
                .takeWhile(named -> named.getKey().startsWith(prefix))
                .flatMap(named -> named.getValue().leases().entrySet().stream()
                        .filter(entry -> after.isBefore(named.getKey(), entry.getKey()))
                        .map(entry -> new Row(named.getKey(), entry.getKey(), entry.getValue())));
    }

    private void summary(StringBuilder html, Snapshot snapshot) {
        long applications = snapshot.applications().values().stream()
                .filter(application -> !application.leases().isEmpty())
                .count();
        long now = clockMillis.getAsLong();
        long instances = snapshot.all().leases().count();
        long overdue =
                snapshot.all().leases().filter(lease -> lease.isOverdue(now)).count();
        html.append("<p>").append(applications).append(" applications, ").append(instances);
        html.append(" instances, ").append(overdue).append(" of them overdue.</p>\n");
    }

    private void state(StringBuilder html) {
        var against = health.reasonsAgainst();
        if (against.isEmpty()) {
            html.append("<p>This node is ready.</p>\n");
        }
        against.forEach(reason -> bad(html, reason));
        for (var peer : health.peers()) {
            var name = "The node " + peer.node() + (peer.address().isEmpty() ? "" : " at " + peer.address());
            if (peer.reachable()) {
                html.append("<p>").append(escaped(name)).append(" can be reached.</p>\n");
            } else {
                bad(html, name + " cannot be reached.");
            }
        }
    }

    private static void bad(StringBuilder html, @Nullable String text) {
        html.append("<p class=\"bad\">").append(escaped(String.valueOf(text))).append("</p>\n");
    }

    private static void search(StringBuilder html, String prefix) {
        html.append("<form><label>Applications that begin with <input name=\"prefix\" maxlength=\"250\" value=\"")
                .append(escaped(prefix))
                .append("\"></label> <button>Show</button></form>\n");
    }

    private void table(StringBuilder html, List<Row> rows) {
        if (rows.isEmpty()) {
            html.append("<p>No instances.</p>\n");
            return;
        }
        html.append("<table><thead><tr><th>Application<th>Instance<th>Status<th>Address<th>Version<th>Lease</thead>\n");
        long now = clockMillis.getAsLong();
        rows.forEach(row -> row(html, row, now));
        html.append("</table>\n");
    }

    private static void row(StringBuilder html, Row row, long now) {
        var instance = row.lease.announced().instance().decode();
        var status = row.lease.status().name();
        long left = (row.lease.endMillis() - now) / 1000;
        boolean overdue = row.lease.isOverdue(now);
        html.append("<tr><td>").append(escaped(row.application));
        html.append("<td>").append(escaped(row.id));
        html.append("<td class=\"")
                .append(status.toLowerCase(Locale.ROOT))
                .append("\">")
                .append(status);
        html.append("<td>")
                .append(escaped(instance.address()))
                .append(':')
                .append(instance.port().number());
        html.append("<td>").append(escaped(instance.version().orElse("")));
        html.append(overdue ? "<td class=\"bad\">overdue for " : "<td>")
                .append(Math.abs(left))
                .append(" s\n");
    }

    private static void next(StringBuilder html, String prefix, Row last) {
        html.append("<p><a rel=\"next\" href=\"/?prefix=").append(encoded(prefix));
        html.append("&amp;app=")
                .append(encoded(last.application))
                .append("&amp;after=")
                .append(encoded(last.id));
        html.append("\">Next page</a></p>\n");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// As text or as the value of an attribute in quotes. What no document can hold becomes a replacement
    /// character.
    static String escaped(String text) {
        var html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.appendCodePoint(isText(c) ? c : 0xfffd);
            }
        });
        return html.toString();
    }

    private static boolean isText(int c) {
        return switch (Character.getType(c)) {
            // A control character; half of a pair; what makes text run the other way.
            case Character.CONTROL, Character.SURROGATE, Character.FORMAT -> false;
            default -> true;
        };
    }

    private static final String LIVE = "<p>Your browser asks for this page anew every " + SECONDS
            + " s. <a href=\"/?live=no\">Stop that</a></p>\n";

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Service registry</title>
            <style>
            :root { color-scheme: light dark; --line: #8884; --good: light-dark(#0a6b2d, #6fd08c); --bad: light-dark(#b3261e, #ff8a80) }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 0 }
            main { max-width: 75rem; margin: 0 auto; padding: 1rem }
            h1 { font-size: 1.4rem; margin: 0 0 .5rem }
            p { margin: .25rem 0; overflow-wrap: anywhere }
            form { margin: 1rem 0 }
            table { border-collapse: collapse; width: 100% }
            th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
            .up { color: var(--good) }
            .bad, .down, .out_of_service { color: var(--bad) }
            </style>
            </head>
            <body><main>
            <h1>Service registry</h1>
            """;
}
