/// The little of HTTP that the registry needs: routes, replies, limits, and a server under them.
package io.legion.discovery.http;
