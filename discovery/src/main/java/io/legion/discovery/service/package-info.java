/// The running registry: how HTTP and the sweeper reach the applications' partitions.
package io.legion.discovery.service;
