package io.legion.command.client;

import io.legion.command.client.AdminException.Kind;
import io.legion.service.Printable;
import java.net.URI;
import java.net.http.HttpResponse;

/// Reads what a server answered: a document, or why there is none.
///
/// @param server who answered
/// @param hasToken whether the request had one
record AnswerReader(URI server, boolean hasToken) {

    /// @throws AdminException unless the answer is a document
    AdminReply read(HttpResponse<byte[]> answer) {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return AdminReply.of(server, answer.body());
        }
        if (status >= 300 && status < 400) {
            throw redirected(answer.headers().firstValue("Location").orElse("nowhere"));
        }
        var detail = detail(answer.body());
        var said = server + " answered " + status + (detail.isEmpty() ? "." : ": " + detail);
        throw switch (status) {
            case 401 -> new AdminException(Kind.REFUSED, said, token());
            case 403 -> new AdminException(Kind.REFUSED, said, "Use a token or a certificate that may do this.");
            case 421 ->
                new AdminException(
                        Kind.REFUSED,
                        said,
                        "Ask it under the name or address that it knows as its own, or add this one to its hostNames.");
            default ->
                new AdminException(
                        Kind.FAILED, said, detail.isEmpty() ? "Is that the address of an admin service?" : "");
        };
    }

    private AdminException redirected(String place) {
        return new AdminException(
                Kind.FAILED,
                server + " sends its clients to " + Printable.line(place) + ", which was not followed.",
                "If that is the address of the admin service, give it with --admin.");
    }

    private String token() {
        return hasToken
                ? "The token is not the one that it knows: give the right one with --token-file FILE."
                : "It wants to know who asks: give a token with --token-file FILE, or a certificate with --certificate"
                        + " and --key.";
    }

    /// What the server says of a failure in its own words (RFC 9457); empty if it says nothing.
    private String detail(byte[] body) {
        try {
            var problem = AdminReply.of(server, body).root();
            return problem.text("detail").isEmpty() ? problem.text("title") : problem.text("detail");
        } catch (AdminException wordless) {
            return "";
        }
    }
}
