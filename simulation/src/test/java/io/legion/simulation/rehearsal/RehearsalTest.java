package io.legion.simulation.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.primitive.HybridTime;
import io.legion.recording.HistoryFile;
import io.legion.recording.HistoryFileException;
import io.legion.recording.HistoryHead;
import io.legion.recording.HistoryStep;
import io.legion.recording.StepRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ten wrong upgrades, and what a rehearsal says of each; right ones pass.
class RehearsalTest {
    private static final ParticipantId ORIGIN = new ParticipantId(new NodeId(1), 0);

    @TempDir
    private Path home;

    private Path history = Path.of("");

    @BeforeEach
    void recordWhatIsDeployed() throws IOException {
        history = write(
                Venues.deployed(),
                1,
                List.of(new Venues.Reserve(2), new Venues.Move("Ulm"), new Venues.Reserve(1_000)));
    }

    private <S> Path write(PartitionType<S> type, int version, List<Event<S, ?>> events) throws IOException {
        var steps = new ArrayList<HistoryStep>();
        S state = type.initial();
        for (Event<S, ?> event : events) {
            var id = new EventId(HybridTime.of(1_000 + steps.size()), ORIGIN);
            steps.add(StepRun.of(type, PartitionKey.of("opera"), id, version, event, state));
            state = type.stateCodec().decode(steps.getLast().after().toArray());
        }
        var head = HistoryHead.of(type, Instant.EPOCH, false);
        return Files.write(home.resolve("v" + version + ".history"), HistoryFile.bytes(type, head, steps));
    }

    private String complaint(PartitionType<?> type) {
        var report = Rehearsal.of(type, history).run();
        assertThatThrownBy(() -> Rehearsal.of(type, history).check())
                .isInstanceOf(AssertionError.class)
                .hasMessage(report.toString());
        return report.toString();
    }

    @Test
    void theSameReleasePasses() {
        assertThat(Rehearsal.of(Venues.deployed(), history).check())
                .hasToString("Rehearsal of 'venue': 3 steps were rehearsed (version 1: 3), and 0 differ.");
    }

    @Test
    void aReleaseThatKeepsWhatVersionOneDidPasses() throws IOException {
        var grown = Venues.Grown.type();
        write(grown, 2, List.of(new Venues.Grown.Reserve(2), new Venues.Grown.Launch()));

        var report = Rehearsal.of(grown, home).check();
        assertThat(report.checked()).containsEntry(1, 3).containsEntry(2, 2);
        assertThat(report.histories()).isEqualTo(2);
    }

    @Test
    void logicChangedWithoutAVersion() {
        assertThat(complaint(Venues.Greedy.type())).contains("""
                v1.history, step 1, version 1
                  event: {"Reserve":{"seats":2}}
                  differs: the state after differs, then and now: Venue.seats: 98 and 96
                  next: If this is meant, raise version(...) to 2 and keep the old branch under context.version() < 2.""");
    }

    @Test
    void logicChangedWithAVersionButWithoutALookAtIt() {
        assertThat(complaint(Venues.Greedy.type().version(2)))
                .contains("This release has version(2), and under version 1 it must do what that one did: branch on"
                        + " context.version().");
    }

    @Test
    void aFieldOfTheStateRemoved() {
        assertThat(complaint(Venues.Shrunk.type()))
                .containsPattern(
                        "the state before, read and written again, takes \\d+ bytes where \\d+ were recorded, though"
                                + " both are read as Venue\\[seats=98")
                .contains("a component that is removed, renamed or read with another default is another one");
    }

    @Test
    void theDefaultChanged() {
        assertThat(complaint(Venues.anotherInitialState()))
                .contains("v1.history\n  differs: the initial state differs, then and now: Venue.seats: 100 and 50\n")
                .contains("next: All partitions that nobody has changed are in this state");
    }

    @Test
    void theDefaultChangedOfAComponentThatCameLater() throws IOException {
        history = write(Venues.Priced.type(), 2, List.of(new Venues.Priced.Reserve(2)));
        assertThat(Rehearsal.of(Venues.Priced.type(), history).check().checked())
                .containsOnlyKeys(2);
        assertThat(complaint(Venues.Dearer.type()))
                .contains("1 differ", "the initial state differs, then and now: Venue.cents: 20 and 30")
                .contains("What its record's constructor makes of nothing is part of it.");
    }

    @Test
    void anEnumConstantRenamed() {
        assertThat(complaint(Venues.Renamed.type()))
                .contains("step 3, version 1")
                .contains("this release cannot read the state before: ")
                .contains("next: Nodes would stop at this data. What was renamed needs @WireName(\"its old name\")");
    }

    @Test
    void anEnumConstantOfTheInitialStateRenamed() throws IOException {
        history = write(Venues.inTheGarden(), 1, List.of(new Venues.Reserve(2)));
        assertThat(complaint(Venues.Renamed.inThePark()))
                .contains(
                        "v1.history\n  differs: the initial state differs, and this release cannot read what it was: ")
                .contains("next: Nodes would stop at this data. What was renamed needs @WireName(\"its old name\")")
                .doesNotContain("All partitions that nobody has changed");
    }

    @Test
    void aCaseOfTheSealedInterfaceRemoved() {
        assertThat(complaint(Venues.Answering.type()))
                .contains("step 2, version 1\n  differs: this release cannot read the event: ")
                .contains("Nodes would stop at this data.");
    }

    @Test
    void theTypeOfAnOutputChanged() {
        assertThat(complaint(Venues.Answering.type()))
                .contains(
                        "{\"Reserve\":{\"seats\":2}}\n  differs: the output differs, and this release cannot read what it"
                                + " was: ");
    }

    @Test
    void theIndexFunctionChangedWithoutAVersion() {
        assertThat(complaint(Venues.anotherIndex()))
                .contains("differs: the tags were [city\\x00], and are [town\\x00] now")
                .contains(
                        "raise version(...) to 2 and write index((state, version) -> ...), which gives the old tags while"
                                + " version < 2.");
    }

    @Test
    void theMinimumVersionTooHigh() {
        assertThat(complaint(Venues.deployed().version(2).minimumVersion(2)))
                .contains("0 steps were rehearsed, and 0 differ. Skipped were 3 steps (version 1: 3), which"
                        + " this release does not run. Nothing was rehearsed: ")
                .contains("Lower minimumVersion(...)");
    }

    @Test
    void twoTypesHaveSwappedTheirNames() {
        assertThat(complaint(Venues.anotherTypeOfThatName())).contains("this release cannot read the event: ");
    }

    @Test
    void aFieldOfAnEventRetyped() {
        assertThat(complaint(Venues.Retyped.type()))
                .contains("this release cannot read the event: ", "give the new component a name of its own");
    }

    @Test
    void anApplyThatIsNotPure() {
        assertThat(complaint(Venues.Impure.type()))
                .contains("apply gives something else when it is applied again to the same event and state");
    }

    @Test
    void anIndexFunctionThatIsNotPure() {
        assertThat(complaint(Venues.countingIndex()))
                .contains(
                        "the index function gives other tags when it is called again for the same state: [call\\x00odd] and"
                                + " [call\\x00even]")
                .contains("next: The index function must depend on nothing but the state and the version")
                .doesNotContain("apply");
    }

    @Test
    void aFailureThatIsNoneAnyMore() throws IOException {
        history = write(Venues.Greedy.type(), 1, List.of(new Venues.Greedy.Reserve(60)));
        assertThat(complaint(Venues.deployed()))
                .contains(
                        "differs: apply failed (java.lang.IllegalStateException: only 100 left) then, and apply gave a"
                                + " result now");
    }

    @Test
    void theListOfDifferencesIsBounded() throws IOException {
        var events = new ArrayList<Event<Venues.Venue, ?>>();
        for (int i = 0; i < 30; i++) {
            events.add(new Venues.Reserve(1));
        }
        history = write(Venues.deployed(), 1, events);
        var report = Rehearsal.of(Venues.Greedy.type(), history).run();
        assertThat(report.differing()).isEqualTo(30);
        assertThat(report.differences()).hasSize(RehearsalReport.MOST_LISTED);
        assertThat(report.toString()).endsWith("\n\nand 10 more.");
    }

    @Test
    void whatDiffersAlikeIsListedOnce() throws IOException {
        var events = new ArrayList<Event<Venues.Venue, ?>>();
        for (int i = 0; i < 30; i++) {
            events.add(new Venues.Move(i % 3 == 0 ? "Bonn" : "Ulm"));
        }
        history = write(Venues.deployed(), 1, events);
        var report = Rehearsal.of(Venues.anotherIndex(), history).run();
        assertThat(report.differing()).isEqualTo(30);
        assertThat(report.differences()).extracting(StepDifference::alike).containsExactly(9, 19);
        assertThat(report.toString())
                .contains("v1.history, step 1, version 1\n")
                .contains("\n  9 more differ alike.\n\nv1.history, step 2, version 1\n")
                .endsWith("\n  19 more differ alike.");
    }

    @Test
    void oneIsASingular() throws IOException {
        history = write(Venues.deployed(), 1, List.of(new Venues.Reserve(2)));
        assertThat(complaint(Venues.Greedy.type()))
                .startsWith("Rehearsal of 'venue': 1 step was rehearsed (version 1: 1), and 1 differs.\n");
        assertThat(complaint(Venues.deployed().version(2).minimumVersion(2)))
                .contains("Skipped was 1 step (version 1: 1), which");
    }

    /// Equal to its program, not to the codec.
    record Loose(int seats, String city) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Loose loose && loose.seats == seats;
        }

        @Override
        public int hashCode() {
            return seats;
        }
    }

    @Test
    void valuesThatTheirOwnEqualsTakesForTheSameAreToldApart() {
        var codec = Codec.derived(Loose.class);
        var ulm = Bytes.wrap(codec.encode(new Loose(1, "Ulm")));
        var bonn = Bytes.wrap(codec.encode(new Loose(1, "Bonn")));
        assertThat(StepCheck.difference("the state", codec, ulm, bonn))
                .isEqualTo("the state differs, then and now: Loose.city: Ulm and Bonn");
    }

    @Test
    void nothingToRehearseIsNoSuccess() {
        var empty = home.resolve("empty");
        assertThat(empty.toFile().mkdir()).isTrue();
        assertThatThrownBy(() -> Rehearsal.of(Venues.deployed(), empty).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Nothing was rehearsed: record a history with ./legion record.");
        assertThatThrownBy(() -> Rehearsal.of(Venues.deployed()).check()).isInstanceOf(AssertionError.class);
    }

    @Test
    void aFileThatIsDamagedOrOfAnotherTypeIsNoHistory() throws IOException {
        var other = PartitionType.named("other", Venues.INITIAL).events(Venues.Change.class);
        assertThatThrownBy(() -> Rehearsal.of(other, history).check())
                .isInstanceOf(HistoryFileException.class)
                .hasMessageContaining("is a history of the type 'venue', and the type to rehearse is 'other'");
        assertThat(Rehearsal.of(other, home).run().histories()).isZero();

        var text = Files.readString(history);
        Files.writeString(history, text.replace("Ulm", "Bonn"));
        for (Path place : List.of(history, home)) {
            assertThatThrownBy(() -> Rehearsal.of(Venues.deployed(), place).check())
                    .isInstanceOf(HistoryFileException.class)
                    .hasMessageContaining("line 4 of " + history);
        }
        assertThatThrownBy(() ->
                        Rehearsal.of(Venues.deployed(), home.resolve("none")).check())
                .isInstanceOf(HistoryFileException.class);
    }
}
