/// Internal: the way of requests and reads to the replica that serves them.
package io.legion.runtime.call;
