package io.legion.simulation.rehearsal;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.recording.HistoryFile;
import io.legion.recording.HistoryHead;
import io.legion.recording.HistoryStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Rehearses a release before it is deployed: applies recorded events to the states before them, each under the
/// version under which it was applied then, and compares what comes of it with what was recorded.
///
/// ```java
/// @Test
/// void thisReleaseMakesOfHistoryWhatTheLastOneMade() {
///     Rehearsal.of(Venue.TYPE, Path.of("src/test/histories")).check();
/// }
/// ```
///
/// Compared are the bytes of the state and of the output as the version writes them, whether `apply` failed, the tags,
/// the initial state, and whether `apply` gives the same twice. `./legion record` makes the histories
/// (docs/upgrades.md).
///
/// @param <S> the state of the partition type
public final class Rehearsal<S> {
    private final PartitionType<S> type;
    private final List<Path> histories;
    private final StepCheck<S> check;

    private Rehearsal(PartitionType<S> type, List<Path> histories) {
        this.type = type;
        this.histories = histories;
        this.check = new StepCheck<>(type);
    }

    /// A rehearsal of this type, as the new release has it.
    ///
    /// @param histories files, or directories of which all files that end with `.history` and are of the type are
    ///     taken
    public static <S> Rehearsal<S> of(PartitionType<S> type, Path... histories) {
        type.requireVersion();
        return new Rehearsal<>(type, List.of(histories));
    }

    /// Rehearses, and fails if a step differs or there is none. Steps of versions that this release does not run are
    /// skipped; the report, and the message of the failure, say how many.
    ///
    /// @return the report of a rehearsal without differences
    /// @throws AssertionError if it is not fine; the message is the report
    /// @throws io.legion.recording.HistoryFileException if a file is damaged, or is no history
    public RehearsalReport check() {
        var report = run();
        if (!report.isFine()) {
            throw new AssertionError(report);
        }
        return report;
    }

    /// As [#check], but a difference is no failure.
    public RehearsalReport run() {
        var files = HistoryFiles.of(type, histories);
        var rehearsed = new Rehearsed();
        files.forEach(rehearsed::add);
        return rehearsed.report(files.size());
    }

    /// What is known until now.
    private final class Rehearsed {
        private final TreeMap<Integer, Integer> checked = new TreeMap<>();
        private final TreeMap<Integer, Integer> skipped = new TreeMap<>();
        private final List<StepDifference> differences = new ArrayList<>();
        private int differing;

        void add(HistoryFile file) {
            addInitial(file);
            int number = 0;
            for (HistoryStep step : file.steps()) {
                number++;
                if (type.runs(step.version())) {
                    checked.merge(step.version(), 1, Integer::sum);
                    addStep(file, number, step);
                } else {
                    skipped.merge(step.version(), 1, Integer::sum);
                }
            }
        }

        private void addInitial(HistoryFile file) {
            var head = file.head();
            if (!addInitial(file, PartitionType.FIRST_VERSION, head.initial()) && type.runs(head.version())) {
                head.newest().ifPresent(then -> addInitial(file, head.version(), then));
            }
        }

        /// @return true if it differs
        private boolean addInitial(HistoryFile file, int version, Bytes then) {
            Bytes now = HistoryHead.initial(type, version);
            if (now.equals(then)) {
                return false;
            }
            var fault = check.initial(then, now);
            add(new StepDifference(file.name(), 0, version, "", fault.what(), fault.next(), 0));
            return true;
        }

        private void addStep(HistoryFile file, int number, HistoryStep step) {
            check.fault(step)
                    .ifPresent(fault -> add(new StepDifference(
                            file.name(), number, step.version(), fault.event(), fault.what(), fault.next(), 0)));
        }

        private void add(StepDifference difference) {
            differing++;
            for (int i = 0; i < differences.size(); i++) {
                if (differences.get(i).isAlike(difference)) {
                    differences.set(i, differences.get(i).withOneMoreAlike());
                    return;
                }
            }
            if (differences.size() < RehearsalReport.MOST_LISTED) {
                differences.add(difference);
            }
        }

        RehearsalReport report(int files) {
            return new RehearsalReport(type.name(), files, checked, skipped, differing, List.copyOf(differences));
        }
    }
}
