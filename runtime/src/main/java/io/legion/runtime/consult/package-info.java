/// Internal: questions of operators, on their way to another node and back.
package io.legion.runtime.consult;
