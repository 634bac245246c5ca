package org.reelcast.output.recording;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * File names by WCS's templates, without their extension. What comes out holds letters, digits, {@code - _ .} alone and
 * does not begin with a dot: it is safe on every file system and the same in a URL.
 */
final class NameTemplate {
    /** Leaves room for number, extension and the extension of unfinished files below 255. */
    private static final int MAX = 220;

    private static final int MAX_TIME = 20;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern TIMES = Pattern.compile("\\{(startTime|endTime|startTimeMillis|endTimeMillis)}");
    private static final Pattern LATE = Pattern.compile("\\{(endTime|endTimeMillis|duration)}");
    private static final String FALLBACK = "stream-{mediaSessionId}";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 16;

    private final String template;
    /** The same for all parts of a recording: 128 bits that nobody guesses. */
    private final String random;

    NameTemplate(String template) {
        this.template = template;
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        random = HexFormat.of().formatHex(bytes);
    }

    /** Whether the names of parts differ by themselves, so that they need no number. */
    boolean tellsPartsApart() {
        return TIMES.matcher(template).find();
    }

    /**
     * The name at the start. {@code {endTime}}, {@code {endTimeMillis}} and {@code {duration}} stay in it until
     * {@link #end}.
     *
     * @param startMs wall clock
     */
    String start(RecordRequest request, long startMs, boolean video, boolean audio) {
        String name = start(template, request, startMs, video, audio);
        return name.isEmpty() ? start(FALLBACK, request, startMs, video, audio) : name;
    }

    private String start(String template, RecordRequest request, long startMs, boolean video, boolean audio) {
        String sessionId = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(request.sessionId().getBytes(StandardCharsets.UTF_8));
        String name = replace(PLACEHOLDER, template, placeholder -> switch (placeholder) {
            case "streamName" -> request.streamName();
            case "startTime", "startTimeMillis" -> cut(Long.toString(startMs), MAX_TIME);
            case "sessionId" -> cut(sessionId, 60);
            case "mediaSessionId" -> cut(request.mediaSessionId(), 36);
            case "random" -> random;
            case "login" -> cut(request.login(), 32);
            case "audioCodec" -> audio ? "AAC" : "";
            case "videoCodec" -> video ? "H264" : "";
            default -> "{" + placeholder + "}";
        });
        return safe(name);
    }

    /** The name at the end. @param endMs wall clock */
    static String end(String name, long endMs, long durationUs) {
        return replace(
                LATE,
                name,
                placeholder ->
                        placeholder.equals("duration") ? Long.toString(durationUs / 1000) : Long.toString(endMs));
    }

    private static String replace(Pattern pattern, String text, UnaryOperator<String> value) {
        return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }

    /** Leaves the placeholders that are filled in later. */
    static String safe(String name) {
        StringBuilder safe = new StringBuilder();
        Matcher late = LATE.matcher(name);
        int at = 0;
        while (at < name.length() && safe.length() < MAX) {
            if (late.find(at) && late.start() == at) {
                if (safe.length() + late.group().length() > MAX) {
                    break;
                }
                safe.append(late.group());
                at = late.end();
            } else {
                int c = name.codePointAt(at);
                at += Character.charCount(c);
                boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
                safe.append(plain && !(c == '.' && safe.isEmpty()) ? (char) c : '_');
            }
        }
        return safe.toString();
    }
}
