package io.legion.simulation.commands;

import java.util.List;

/// Finds the place of a hunk in a text that may have changed since the patch was written, and changes it.
final class PatchedPlace {
    /// How many lines of context at each end may differ.
    private static final int FUZZ = 2;

    private final Mutant.Hunk hunk;

    PatchedPlace(Mutant.Hunk hunk) {
        this.hunk = hunk;
    }

    /// Replaces what is there by what the hunk says.
    void change(List<String> text, String mutant) {
        for (int fuzz = 0; fuzz <= FUZZ; fuzz++) {
            int head = Math.min(fuzz, sameAtHead());
            int tail = Math.min(fuzz, sameAtTail(head));
            List<String> before = hunk.before().subList(head, hunk.before().size() - tail);
            int at = nearest(text, before);
            if (at >= 0) {
                List<String> place = text.subList(at, at + before.size());
                place.clear();
                place.addAll(hunk.after().subList(head, hunk.after().size() - tail));
                return;
            }
        }
        throw new IllegalStateException("the mutant " + mutant + " does not fit " + hunk.file() + " near line "
                + (hunk.line() + 1) + " any more: write its patch again");
    }

    private int sameAtHead() {
        int most = Math.min(hunk.before().size(), hunk.after().size());
        int same = 0;
        while (same < most && hunk.before().get(same).equals(hunk.after().get(same))) {
            same++;
        }
        return same;
    }

    private int sameAtTail(int head) {
        List<String> before = hunk.before().reversed();
        List<String> after = hunk.after().reversed();
        int most = Math.min(before.size(), after.size()) - head;
        int same = 0;
        while (same < most && before.get(same).equals(after.get(same))) {
            same++;
        }
        return same;
    }

    /// Where these lines stand nearest to their old place; -1 if nowhere.
    private int nearest(List<String> text, List<String> wanted) {
        int best = -1;
        for (int at = 0; at + wanted.size() <= text.size(); at++) {
            boolean nearer = best < 0 || Math.abs(at - hunk.line()) < Math.abs(best - hunk.line());
            if (nearer && text.subList(at, at + wanted.size()).equals(wanted)) {
                best = at;
            }
        }
        return best;
    }
}
