package io.legion.discovery;

import io.legion.http.HttpServer;
import java.net.URI;
import java.util.Optional;

/// What a node serves, while it is open.
///
/// @param http the registry
/// @param dashboard where its admin service is; empty if it has none
record ServedPages(HttpServer http, Optional<URI> dashboard) {}
