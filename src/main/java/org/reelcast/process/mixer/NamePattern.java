package org.reelcast.process.mixer;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.reelcast.refusal.Refusal;

/** A regular expression that a caller has given for names: one that would take very long is refused. */
final class NamePattern {
    private static final int MOST_STEPS = 100_000;

    private final Pattern pattern;
    private final String text;

    private NamePattern(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static NamePattern of(String text) throws Refusal {
        try {
            return new NamePattern(text, Pattern.compile(text));
        } catch (PatternSyntaxException | StackOverflowError e) {
            throw MixerParameters.wrong("'" + text + "' is no regular expression");
        }
    }

    /** Whether the name, or its beginning where the expression says no end, matches. */
    boolean matches(String name) throws Refusal {
        try {
            return pattern.matcher(new Counted(name, new int[1])).find();
        } catch (TooManySteps | StackOverflowError e) {
            throw MixerParameters.wrong("'" + text + "' takes too long to compare; a list of names does not");
        }
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that breaks off who looks at it too often. */
    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
