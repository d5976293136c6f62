package com.example.reservations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.legion.Legion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The box office in memory, over HTTP.
final class VenueServerTest {
    private final Legion legion = Legion.open("reservations", Venue.TYPE);
    private final HttpClient client = HttpClient.newHttpClient();
    private VenueServer server;

    @BeforeEach
    void open() throws Exception {
        server = VenueServer.open(new VenueServer.Config("127.0.0.1", 0), legion);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        legion.close();
    }

    @Test
    void seatsAreHeldConfirmedAndGivenBack() throws Exception {
        assertEquals("409 1 NO_SEATS", call("POST", "/venues/odeon/reservations?customer=ann&seats=1"));
        assertEquals("200 2 OPENED", call("POST", "/venues/odeon?seats=10"));
        assertEquals("409 3 OPEN_ALREADY", call("POST", "/venues/odeon?seats=99"));
        assertEquals("200 4 HELD", call("POST", "/venues/odeon/reservations?customer=ann&seats=7&answer=fast"));
        assertEquals("409 5 NO_SEATS", call("POST", "/venues/odeon/reservations?customer=bob&seats=4"));
        assertEquals("200 6 CONFIRMED", call("POST", "/venues/odeon/reservations/4/confirm"));
        assertTrue(call("GET", "/venues/odeon")
                .startsWith("200 10 seats, 3 free, for 1000 cents each\n4 ann, 7 seats, confirmed, held since "));
        assertEquals("409 7 FIRM", call("DELETE", "/venues/odeon/reservations/4"));
        assertEquals("200 8 REFUNDED", call("POST", "/venues/odeon/reservations/4/refund"));
        assertEquals("409 9 NOT_FOUND", call("POST", "/venues/odeon/reservations/4/refund"));
        assertEquals("409 10 NOT_FOUND", call("DELETE", "/venues/odeon/reservations/4"));
        assertEquals("200 11 HELD", call("POST", "/venues/odeon/reservations?customer=ann&seats=1"));
        assertEquals("200 12 CANCELLED", call("DELETE", "/venues/odeon/reservations/11"));
        assertEquals("200 10 seats, 10 free, for 1000 cents each", call("GET", "/venues/odeon?answer=durable"));
    }

    @Test
    void aRequestThatComesAgainUnderItsKeyCountsOnce() throws Exception {
        call("POST", "/venues/odeon?seats=10");
        var reserve = "/venues/odeon/reservations?customer=ann&seats=2";
        var first = call("POST", reserve, "Idempotency-Key", "order 17");
        assertEquals(first, call("POST", reserve, "Idempotency-Key", "order 17"));
        assertEquals(
                "200 10 seats, 8 free, for 1000 cents each",
                call("GET", "/venues/odeon").lines().findFirst().orElseThrow());
        assertTrue(call("GET", "/venues/odeon/book").endsWith("\norder 17 HELD"));
    }

    @Test
    void aResponseHasASessionTokenThatTheNextRequestMayHandIn() throws Exception {
        var opened = send("POST", "/venues/odeon?seats=10");
        var token = opened.headers().firstValue("Legion-Session").orElseThrow();
        assertEquals(
                "200 10 seats, 10 free, for 1000 cents each",
                call("GET", "/venues/odeon?answer=fast", "Legion-Session", token));
        var damaged = call("GET", "/venues/odeon", "Legion-Session", token.substring(1));
        assertTrue(damaged.startsWith("400 "), damaged);
    }

    @Test
    void aKeyStandsForOneRequest() throws Exception {
        call("POST", "/venues/odeon?seats=10");
        var held = call("POST", "/venues/odeon/reservations?customer=ann&seats=3", "Idempotency-Key", "order-17");
        assertEquals(
                held, call("POST", "/venues/odeon/reservations?customer=ann&seats=3", "Idempotency-Key", "order-17"));
        var other = send("POST", "/venues/odeon/reservations?customer=bob&seats=4", "Idempotency-Key", "order-17");
        assertEquals(422, other.statusCode());
        assertEquals("NOT_APPLIED", other.headers().firstValue("Legion-Fate").orElseThrow());
        assertEquals(
                "200 10 seats, 7 free, for 1000 cents each",
                call("GET", "/venues/odeon").lines().findFirst().orElseThrow());
    }

    @Test
    void venuesAreFoundByFreeSeatsAndByCustomer() throws Exception {
        call("POST", "/venues/odeon?seats=10");
        call("POST", "/venues/rex?seats=100");
        call("POST", "/venues/odeon/reservations?customer=ann&seats=3");
        assertEquals("200 rex 100", call("GET", "/venues?free=8"));
        assertEquals("200 odeon 7\nrex 100", call("GET", "/venues?free=1"));
        assertEquals("200 odeon", call("GET", "/venues?customer=ann"));
    }

    @Test
    void aVenueThatIsSoldOutIsFoundByItsSoldSeatsOnly() throws Exception {
        assertEquals("200 1 OPENED", call("POST", "/venues/odeon?seats=10&cents=2500"));
        call("POST", "/venues/odeon/reservations?customer=ann&seats=10");
        assertEquals("200 odeon 0", call("GET", "/venues?sold=0"));
        call("POST", "/venues/odeon/reservations/2/confirm");
        assertEquals("200 odeon 10", call("GET", "/venues?sold=1"));
        assertEquals("200 ", call("GET", "/venues?free=0"));
        assertTrue(call("GET", "/venues/odeon").startsWith("200 10 seats, 0 free, for 2500 cents each"));
    }

    @Test
    void whatCannotBeIsRefusedWithTheWayOut() throws Exception {
        for (var wrong : List.of(
                "/venues/odeon?seats=0",
                "/venues/odeon?seats=many",
                "/venues/odeon?seats=1&cents=-1",
                "/venues/odeon",
                "/venues/odeon?seats=1&answer=soon",
                "/venues/odeon/reservations?seats=1")) {
            var refused = call("POST", wrong);
            assertTrue(refused.startsWith("400 ") && refused.contains("POST   /venues/NAME?seats=N"), refused);
        }
        for (var unknown : List.of("/venues", "/venues/odeon/tickets")) {
            assertTrue(call("POST", unknown).startsWith("404 there is no POST"), unknown);
        }
        assertEquals("200 ready", call("GET", "/ready"));
    }

    @Test
    void theActiveVersionIsShownAndHeld() throws Exception {
        assertEquals("200 venue 3", call("GET", "/versions"));
        for (var order : List.of("hold", "release", "raise")) {
            assertEquals("200 venue 3", call("POST", "/versions?order=" + order));
        }
        assertEquals("400 order is hold, release or raise", call("POST", "/versions?order=soon"));
        assertEquals("400 order is hold, release or raise", call("POST", "/versions"));
    }

    @Test
    void aRequestWithoutAnAnswerSaysWhatBecameOfIt() throws Exception {
        legion.close();
        var response = send("POST", "/venues/odeon?seats=10");
        assertEquals(503, response.statusCode());
        assertEquals("NOT_APPLIED", response.headers().firstValue("Legion-Fate").orElseThrow());
        assertTrue(response.headers().firstValue("Idempotency-Key").isPresent());
    }

    private String call(String method, String target, String... headers) throws Exception {
        var response = send(method, target, headers);
        return response.statusCode() + " " + response.body().strip();
    }

    private HttpResponse<String> send(String method, String target, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + target))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
