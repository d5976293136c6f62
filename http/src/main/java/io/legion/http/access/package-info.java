/// Who is let in, and how connections are secured: tokens, passwords, certificates, and on which addresses a server may
/// do without.
package io.legion.http.access;
