package io.legion.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A backup of each format, as the release wrote it that brought the format: 50 partitions in two backups, of which the
/// second one uses files of the first. What is expected of them was read out of their bytes by another program.
final class GoldenBackupTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    private static final Map<Integer, String> DIGESTS = Map.of(
            0, "296a49e7ed2d5addfb7c7b71b04be2ce77515d811d9ebc655718079424498948",
            1, "902cebd71784bbe6c755db7edb2a6ebcf510e49e71da7a4c85d4bc56b4bd5119",
            2, "4df28ee230786b7b5e2241d971643469a20a25047723ba2ac9c5db36bdb1fe80",
            3, "9f861c02bc53a57886ea57fecb045859fcb987c2f798d3acf3910e197c705f16");

    private static final String FIRST =
            "ssxvnjhpdqdxvcrastvybcwvmgnykrxvzxkgxtspsjdgyluegqflaqlocfljbepowfnsomy" + "arhaopufojhhdxehxjbhwgsmzjgnl";

    private static final String LAST =
            "kzbqkxlzndomdaeyfqxfcvasidcnyrxgxsvtiziuqeudoewyedkvbuqkkccbzsecfvrrzrllzk" + "vjjtkxzwlyjtagglqrqgmpyxwa";

    @ParameterizedTest
    @ValueSource(ints = 1)
    void aBackupOfEachFormatIsReadAndRestored(int format) {
        var backup = Backup.at(GOLDEN.resolve(Integer.toString(format)));

        assertThat(backup.damages(BackupProgress.NONE)).isEmpty();
        var summary = backup.summary();
        assertThat(summary.number()).isEqualTo(2);
        assertThat(summary.states()).isEqualTo(50);
        assertThat(summary.began()).isEqualTo("2026-11-30T10:46:43.997958265Z");
        assertThat(summary.cluster()).isEqualTo("98a14cd1-47b3-d020-086b-f5c5c8e86034");
        assertThat(summary.isComplete()).isTrue();
        assertThat(backup.digests()).isEqualTo(DIGESTS);
        try (var restored = TestCluster.foundedFrom(backup)) {
            assertThat(restored.read("key-0")).isEqualTo(new Counter(0, FIRST));
            assertThat(restored.read("key-7")).isEqualTo(new Counter(0, "changed"));
            assertThat(restored.read("key-49")).isEqualTo(new Counter(0, LAST));
            for (int i = 1; i < 49; i++) {
                assertThat(restored.read("key-" + i).text()).hasSize(i == 7 ? 7 : 100);
            }
        }
    }

    /// Backups share sections with earlier ones, so the same states have to have the same bytes in each release: others
    /// mean another format. With `-Dlegion.backup.golden=DIR` it writes such backups there.
    @Test
    void theSameStatesHaveTheSameDigestsAsEver() {
        try (var cluster = TestCluster.open()) {
            var directory = System.getProperty("legion.backup.golden");
            cluster.fill(50);
            if (directory != null) {
                cluster.backUp(Path.of(directory));
            }
            cluster.write("key-7", "changed");
            if (directory != null) {
                cluster.backUp(Path.of(directory));
            }
            assertThat(TestExtracts.digests(cluster.legion)).isEqualTo(DIGESTS);
        }
    }
}
