/// The routes of the admin service.
package io.legion.admin.api;
