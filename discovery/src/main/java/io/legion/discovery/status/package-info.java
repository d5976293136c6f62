/// What tells people and machines how a node is: health, meters, and a page.
package io.legion.discovery.status;
