/// The Eureka REST API, as Netflix's and Spring Cloud's clients speak it.
package io.legion.discovery.eureka;
