/// Internal: callers, from their events to the node and back to their answers.
package io.legion.runtime.client;
