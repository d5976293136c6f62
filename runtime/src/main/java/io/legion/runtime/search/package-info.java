/// Internal: searches of the index of the whole cluster.
package io.legion.runtime.search;
