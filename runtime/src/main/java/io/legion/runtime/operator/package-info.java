/// Internal: what an operator asks of this node, and by way of it of others.
package io.legion.runtime.operator;
