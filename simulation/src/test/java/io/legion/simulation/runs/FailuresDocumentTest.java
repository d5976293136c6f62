package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The transcripts in `docs/failures.md` are what the simulation tells, byte for byte. `-Dtranscripts.update` writes
/// them into the document instead of comparing.
final class FailuresDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "failures.md");

    @Test
    void theTranscriptOfOneDeadNodeIsWhatHappens() throws IOException {
        compare("one-dead-node", FailureStories.oneDeadNode());
    }

    @Test
    void theTranscriptOfAnOldCopyOfADiskIsWhatHappens() throws IOException {
        compare("old-copy", FailureStories.anOldCopyOfADisk());
    }

    @Test
    void theTranscriptOfAnOldCopyThatNobodyAnnouncedIsWhatHappens() throws IOException {
        compare("old-copy-untold", FailureStories.anOldCopyThatNobodyAnnounced());
    }

    @Test
    void theTranscriptOfARemovalFromBothSidesIsWhatHappens() throws IOException {
        compare("both-sides", FailureStories.removalFromBothSides());
    }

    @Test
    void theTranscriptOfAForcedChangeIsWhatHappens() throws IOException {
        compare("forced", FailureStories.aMajorityLostAndForced());
    }

    @Test
    void theTranscriptOfAClockThatIsAheadIsWhatHappens() throws IOException {
        compare("clock-ahead", FailureStories.aClockThatIsAhead());
    }

    private static void compare(String name, String transcript) throws IOException {
        String document = Files.readString(DOCUMENT);
        String fence = "<!-- transcript: " + name + " -->\n```text\n";
        assertThat(document).contains(fence);
        int begin = document.indexOf(fence) + fence.length();
        int end = document.indexOf("```", begin);
        if (System.getProperty("transcripts.update") != null) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + transcript + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as("-Dtranscripts.update writes what happens now into docs/failures.md")
                    .isEqualTo(transcript);
        }
    }
}
