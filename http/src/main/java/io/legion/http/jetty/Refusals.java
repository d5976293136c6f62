package io.legion.http.jetty;

import io.legion.http.ApiReply;
import io.legion.http.Gate;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Makes Jetty's own refusals, before a request reaches a route, look like those of the routes. Each ends its
/// connection: the server cannot tell where a request ends that it does not understand.
final class Refusals implements Request.Handler {
    private final Gate gate;

    Refusals(Gate gate) {
        this.gate = gate;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = status(request, response);
        var reply = gate.passing(ApiReply.refusal(status, message(status, reason(request))));
        response.setStatus(reply.status());
        reply.headers().forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
        return true;
    }

    private static int status(Request request, Response response) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException told
                ? told.getCode()
                : response.getStatus();
    }

    private static String reason(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException told
                ? String.valueOf(told.getReason())
                : "";
    }

    private static String message(int status, String reason) {
        return switch (status) {
            case 413 -> "the request is too large";
            case 414 -> "the path is too long";
            case 431 -> "the headers are too large";
            case 500 -> "the server failed to answer; its log tells why";
            default ->
                "the request is not valid HTTP"
                        + (reason.isEmpty() ? "" : " (" + reason + ")")
                        + "; characters such as ^ < > in a path must be percent-encoded";
        };
    }
}
