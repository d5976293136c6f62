/// How a program lives with its process: its exit codes, its end in order, its end without memory or threads, and
/// the files that it may have open.
package io.legion.discovery.process;
