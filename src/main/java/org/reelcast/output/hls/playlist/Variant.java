package org.reelcast.output.hls.playlist;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import org.reelcast.bitstream.aac.AudioSpecificConfig;
import org.reelcast.media.AacFormat;
import org.reelcast.media.Codec;
import org.reelcast.media.DecoderConfig;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;
import org.reelcast.stream.Ladder;

/**
 * What a multivariant playlist says of a variant (RFC 8216 section 4.3.4.2).
 *
 * @param peak    bits a second of the segment that has most
 * @param average bits a second of all
 */
public record Variant(long peak, long average, Optional<H264Format> video, Optional<AacFormat> audio) {
    /** What a multivariant playlist begins with. */
    public static final String HEAD = "#EXTM3U\n#EXT-X-VERSION:7\n";

    /** What a segment may have more than the average, for a decoder's buffer of a second and the container. */
    private static final double PEAK = 1.3;

    private static final double AVERAGE = 1.06;
    private static final int SOUND_BPS = 135_000;
    private static final int HIGH_PROFILE = 0x640000;
    /** Macroblocks of a picture and the level for them at 30 pictures a second (ITU-T H.264 table A-1). */
    private static final int[][] LEVELS = {{1_350, 30}, {3_600, 31}, {8_192, 40}, {36_864, 51}};

    private static final int SBR = 5;
    private static final int PS = 29;

    /** One of the sizes of a ladder, which is encoded when it is asked for, by its target. */
    public static Variant of(Ladder.Rung rung, Optional<AacFormat> sound) {
        int more = sound.isPresent() ? SOUND_BPS : 0;
        int macroblocks = (rung.width() + 15) / 16 * ((rung.height() + 15) / 16);
        int level = 0;
        for (int i = 0; level == 0 && i < LEVELS.length; i++) {
            level = macroblocks <= LEVELS[i][0] ? LEVELS[i][1] : 0;
        }
        H264Format picture = Format.video(Codec.H264, rung.width(), rung.height(), 0, HIGH_PROFILE | level)
                .withConfig(DecoderConfig.NONE, false);
        return new Variant(
                (long) (rung.bitrate() * PEAK) + more,
                (long) (rung.bitrate() * AVERAGE) + more,
                Optional.of(picture),
                sound);
    }

    /** As RFC 6381 writes codecs, the picture's first. */
    public String codecs() {
        StringJoiner names = new StringJoiner(",");
        video.ifPresent(format -> names.add(name(format)));
        audio.ifPresent(format -> names.add(name(format)));
        return names.toString();
    }

    /** RFC 6381 section 3.3: profile, constraints and level, as the decoder configuration has them. */
    public static String name(H264Format format) {
        byte[] config = format.config().bytes();
        int bytes = config.length > 3
                ? (config[1] & 0xff) << 16 | (config[2] & 0xff) << 8 | config[3] & 0xff
                : format.profileLevelId();
        return String.format(Locale.ROOT, "%s.%06x", format.setsInFrames() ? "avc3" : "avc1", bytes);
    }

    /** RFC 6381 section 3.3: MPEG-4 audio and its object type. */
    public static String name(AacFormat format) {
        AudioSpecificConfig config = AudioSpecificConfig.parse(format.config().bytes());
        return "mp4a.40." + (config.ps() ? PS : config.sbr() ? SBR : config.coreObjectType());
    }

    /** The attributes of EXT-X-STREAM-INF. */
    String attributes() {
        StringBuilder out = new StringBuilder("BANDWIDTH=")
                .append(peak)
                .append(",AVERAGE-BANDWIDTH=")
                .append(average)
                .append(",CODECS=\"")
                .append(codecs())
                .append('"');
        video.ifPresent(format -> {
            if (format.width() > 0) {
                boolean turned = format.rotation() % 180 != 0;
                out.append(",RESOLUTION=")
                        .append(turned ? format.height() : format.width())
                        .append('x')
                        .append(turned ? format.width() : format.height());
            }
            if (format.frameRate() > 0) {
                out.append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", format.frameRate()));
            }
        });
        return out.toString();
    }

    /** A multivariant playlist of this variant alone. @param query goes behind the URI, with its question mark */
    public String playlist(String uri, String query) {
        return HEAD + entry(uri, query);
    }

    /** Its lines in a multivariant playlist, which begins with {@link #HEAD}. */
    public String entry(String uri, String query) {
        return "#EXT-X-STREAM-INF:" + attributes() + "\n" + uri + query + "\n";
    }

    /** The line that names a playlist of key frames (RFC 8216 section 4.3.4.3). @param bitrate of the largest */
    public String keyFrames(long bitrate, String uri, String query) {
        H264Format format = video.orElseThrow();
        boolean turned = format.rotation() % 180 != 0;
        return "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + bitrate + ",CODECS=\"" + name(format) + "\",RESOLUTION="
                + (turned ? format.height() : format.width()) + "x" + (turned ? format.width() : format.height())
                + ",URI=\"" + uri + query + "\"\n";
    }
}
