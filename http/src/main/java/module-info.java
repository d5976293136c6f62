/// An HTTP server for the public parts of a service: the specification [io.legion.http.HttpServer], routes,
/// and an implementation on Jetty.
@org.jspecify.annotations.NullMarked
module io.legion.http {
    requires transitive io.legion.service;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;

    exports io.legion.http;
    exports io.legion.http.jetty;
}
