/// What tells people how a node is: a page.
package io.legion.discovery.status;
