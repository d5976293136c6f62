/// HTTP for services: a server is opened with a [io.legion.http.Router], which finds the
/// [io.legion.http.Route] that answers a request. The server keeps its limits and deadlines before a route
/// hears of a request.
package io.legion.http;
