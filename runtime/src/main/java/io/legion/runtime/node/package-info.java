/// Internal: what the parts of a node share.
package io.legion.runtime.node;
