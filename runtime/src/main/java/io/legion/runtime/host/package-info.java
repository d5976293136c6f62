/// Internal: a node, and the threads that work for it.
package io.legion.runtime.host;
