/// The replies of the admin service, as JSON has them. `openapi.yaml` describes them.
package io.legion.admin.document;
