/// Answers of any size: small ones made whole, large ones written as they come into being.
package io.legion.discovery.answer;
