/// Internal: what nodes send each other, and how it is written.
package io.legion.runtime.frame;
