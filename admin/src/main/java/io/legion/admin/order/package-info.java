/// Internal: the bodies of an operator's orders, as JSON has them.
package io.legion.admin.order;
