/// The server on Jetty: what a client may take of time, memory and connections before a route hears of it.
package io.legion.http.jetty;
