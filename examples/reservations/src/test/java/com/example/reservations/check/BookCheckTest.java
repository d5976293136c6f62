package com.example.reservations.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.reservations.check.Operation.Fate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// That no false answer passes: histories made by hand.
final class BookCheckTest {
    private static final List<String> BOOK = List.of("a OPENED", "b HELD", "c NO_SEATS", "d CANCELLED");

    private final VenueHistory history = new VenueHistory("odeon", Mode.FINAL, 1);

    private void asked() {
        add("a", Ask.Kind.OPEN, 10, 1, 2, Fate.ANSWERED, 1, "OPENED");
        add("b", Ask.Kind.RESERVE, 7, 3, 4, Fate.ANSWERED, 2, "HELD");
        add("c", Ask.Kind.RESERVE, 4, 5, 6, Fate.ANSWERED, 3, "NO_SEATS");
        add("d", Ask.Kind.CANCEL, 2, 7, 8, Fate.ANSWERED, 4, "CANCELLED");
    }

    private void add(
            String reference, Ask.Kind kind, int amount, long begin, long end, Fate fate, int number, String outcome) {
        history.add(new Operation(reference, new Ask(kind, amount), begin, end, fate, number, outcome));
    }

    private void finds(String what, List<String> book) {
        var found = BookCheck.of(history, book).falseAnswers();
        assertTrue(found.stream().anyMatch(each -> each.contains(what)), () -> what + ": " + found);
    }

    @Test
    void aTrueHistoryPasses() {
        asked();
        history.add(Sight.of(3, 9, BOOK.subList(0, 2)));
        add("e", Ask.Kind.RESERVE, 1, 9, 10, Fate.UNKNOWN, 0, "");
        var check = BookCheck.of(history, BOOK);
        assertEquals(List.of(), check.falseAnswers());
        assertEquals(10, check.free());
    }

    @Test
    void aRequestThatIsGone() {
        asked();
        finds("it was answered, and is not in the book", BOOK.subList(0, 3));
    }

    @Test
    void aRequestThatCountsTwice() {
        asked();
        finds("the request counts twice, at 2 and at 3", List.of("a OPENED", "b HELD", "b HELD"));
    }

    @Test
    void aRequestThatNobodyMade() {
        asked();
        finds("nobody asked for", List.of("a OPENED", "b HELD", "c NO_SEATS", "d CANCELLED", "x HELD"));
    }

    @Test
    void aRequestThatWasSaidNotToBeApplied() {
        asked();
        add("e", Ask.Kind.RESERVE, 1, 9, 10, Fate.NOT_APPLIED, 0, "");
        finds("said that it was not applied", List.of("a OPENED", "b HELD", "c NO_SEATS", "d CANCELLED", "e HELD"));
    }

    @Test
    void seatsThatAreGivenAwayTwice() {
        asked();
        finds("demand NO_SEATS, not: c HELD", List.of("a OPENED", "b HELD", "c HELD", "d CANCELLED"));
    }

    @Test
    void whatIsConfirmedStaysUntilItIsRefundedFromVersion3On() {
        asked();
        add("e", Ask.Kind.RESERVE, 2, 9, 10, Fate.ANSWERED, 5, "HELD");
        add("f", Ask.Kind.CONFIRM, 5, 11, 12, Fate.ANSWERED, 6, "CONFIRMED");
        add("g", Ask.Kind.CANCEL, 5, 13, 14, Fate.ANSWERED, 7, "FIRM");
        add("h", Ask.Kind.REFUND, 5, 15, 16, Fate.ANSWERED, 8, "REFUNDED");
        var lines = new ArrayList<>(BOOK);
        lines.addAll(List.of("e HELD", "f CONFIRMED", "g FIRM"));
        assertEquals(2, BookCheck.of(history, lines).sold());
        lines.add("h REFUNDED");
        assertEquals(List.of(), BookCheck.of(history, lines).falseAnswers());
        assertEquals(0, BookCheck.of(history, lines).sold());
    }

    @Test
    void aVersionThatFalls() {
        asked();
        add("e", Ask.Kind.RESERVE, 2, 9, 10, Fate.ANSWERED, 5, "HELD");
        add("f", Ask.Kind.CONFIRM, 5, 11, 12, Fate.ANSWERED, 6, "CONFIRMED");
        add("g", Ask.Kind.CANCEL, 5, 13, 14, Fate.ANSWERED, 7, "FIRM");
        add("h", Ask.Kind.CANCEL, 5, 15, 16, Fate.ANSWERED, 8, "CANCELLED");
        var lines = new ArrayList<>(BOOK);
        lines.addAll(List.of("e HELD", "f CONFIRMED", "g FIRM", "h CANCELLED"));
        finds("demand FIRM, not: h CANCELLED", lines);
    }

    @Test
    void aFinalReceiptThatBecameAnotherOne() {
        asked();
        finds(
                "the answer was FINAL, and is c HELD at 2 now",
                List.of("a OPENED", "c HELD", "b NO_SEATS", "d NOT_FOUND"));
    }

    @Test
    void anotherOrderThanThatOfTime() {
        add("a", Ask.Kind.OPEN, 10, 1, 2, Fate.ANSWERED, 2, "OPENED");
        add("b", Ask.Kind.RESERVE, 7, 3, 4, Fate.ANSWERED, 1, "NO_SEATS");
        finds("it began after something at 2 had ended", List.of("b NO_SEATS", "a OPENED"));
    }

    @Test
    void aFinalReadOfWhatIsNotSo() {
        asked();
        history.add(Sight.of(9, 10, List.of("b HELD")));
        finds("not a beginning of the book", BOOK);
    }

    @Test
    void aFinalReadThatIsTooOld() {
        asked();
        history.add(Sight.of(9, 10, BOOK.subList(0, 2)));
        finds("it began after something at 4 had ended", BOOK);
    }

    @Test
    void aReceiptThatMayStillChangeIsCountedOnly() {
        var durable = new VenueHistory("odeon", Mode.DURABLE, 1);
        durable.add(new Operation("a", new Ask(Ask.Kind.OPEN, 10), 1, 2, Fate.ANSWERED, 2, "OPENED"));
        var check = BookCheck.of(durable, List.of("a OPENED"));
        assertEquals(List.of(), check.falseAnswers());
        assertEquals(1, check.changed());
    }
}
