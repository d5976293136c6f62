package io.legion.http;

import java.net.InetAddress;

/// What a service has to say of all requests and replies, whatever the route.
///
/// **Threads.** Any.
public interface Gate {
    /// Lets all pass.
    Gate OPEN = new Gate() {};

    /// Looks at a request of somebody whom the server lets in, before a route hears of it.
    ///
    /// @throws HttpException to refuse it
    default void check(ApiRequest request) {}

    /// Hears that the server has refused a request with 401, since it shows nothing that is right.
    ///
    /// @param target the path and the query as the client sent them
    default void refused(InetAddress remote, String method, String target) {}

    /// What goes to the client in place of this reply, which may be a refusal by the server itself.
    default ApiReply passing(ApiReply reply) {
        return reply;
    }
}
