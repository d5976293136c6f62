package io.legion.http;

import java.net.URI;

/// Specification of the HTTP server: it answers requests with the routes that it was opened with, until
/// whoever opened it closes it.
///
/// **Threads.** Any. **Failure.** A client's fault costs only that client's connection.
public interface HttpServer {
    /// Where it listens: the scheme, the host as it was configured, and the port.
    URI uri();

    /// The port at which it listens.
    int port();
}
