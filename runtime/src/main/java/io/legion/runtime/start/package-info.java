/// Internal: puts the parts of a node together and lets it into its cluster.
package io.legion.runtime.start;
