/// Who is let in, and how connections are secured: tokens, passwords, certificates.
package io.legion.http.access;
