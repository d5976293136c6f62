/// The admin service: what a service on Legion opens beside itself, for its operators.
package io.legion.admin;
