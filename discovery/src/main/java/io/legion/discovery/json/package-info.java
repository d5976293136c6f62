/// JSON, as both APIs of the registry read and write it.
package io.legion.discovery.json;
