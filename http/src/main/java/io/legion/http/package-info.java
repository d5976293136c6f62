/// HTTP for services: routes that answer requests, and the specification of a server that is opened with a
/// [io.legion.http.Router].
package io.legion.http;
