package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.core.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The sections of a shard in the order of their addresses: a head line, and a line for each.
record SectionList(List<ListedSection> sections) {
    private static final String HEAD = "legion-backup-list 1 shard ";

    byte[] bytes(int shard) {
        var text = new StringBuilder(HEAD).append(shard).append('\n');
        sections.forEach(section -> text.append(section.line()).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// @throws BackupException if the file is missing, or not as the manifest says
    static SectionList read(Path file, Manifest.BackedShard shard) {
        byte[] all = content(file);
        if (all.length != shard.listBytes() || !Digests.hex(Digests.of(all)).equals(shard.listDigest())) {
            throw damaged(file, "it is not the one of which the manifest has the SHA-256");
        }
        var lines = new String(all, StandardCharsets.US_ASCII).lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD + shard.shard())) {
            throw damaged(file, "it is no list of shard " + shard.shard());
        }
        try {
            var sections = new ArrayList<ListedSection>();
            lines.stream().skip(1).map(ListedSection::parse).forEach(sections::add);
            return new SectionList(List.copyOf(sections));
        } catch (IllegalArgumentException malformed) {
            throw damaged(file, String.valueOf(malformed.getMessage()));
        }
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new BackupException(
                    "The file " + file + " of the backup cannot be read: " + failure
                            + ". Nothing was changed. Use another backup of the directory, or a copy of this one.",
                    failure);
        }
    }

    private static BackupException damaged(Path file, String why) {
        return new BackupException("The file " + file + " of the backup is damaged: " + why
                + ". Nothing was changed. Use another backup of the directory, or a copy of this one.");
    }

    /// The place of the section that has this address; the number of sections if none has.
    int placeOf(Bytes address) {
        int low = 0;
        int high = sections.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sections.get(middle).last().compareTo(address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
