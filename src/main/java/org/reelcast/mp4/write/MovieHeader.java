package org.reelcast.mp4.write;

import java.util.Optional;
import org.reelcast.media.AspectRatio;
import org.reelcast.media.Format;
import org.reelcast.media.H264Format;

/**
 * The boxes before the first fragment: {@code ftyp}, and a {@code moov} whose sample tables are empty (ISO 14496-12
 * section 8.8). All durations are 64 bits wide, so that the finisher can set them where they are.
 */
final class MovieHeader {
    static final int VIDEO_ID = 1;
    static final int AUDIO_ID = 2;
    /** Units a second of the movie's own times. */
    static final int TIMESCALE = 90_000;

    static final long SECONDS_1904_TO_1970 = 2_082_844_800L;
    private static final int MAX_SIDE = 0xffff;
    private static final int[][] MATRICES = {{1, 0, 0, 1}, {0, 1, -1, 0}, {-1, 0, 0, -1}, {0, -1, 1, 0}};

    private final BoxBuffer out;
    private final long created;
    /** Where the low half of the media time is at which the track written last starts. */
    private int mediaTimeAt;

    private boolean edits = true;

    private MovieHeader(BoxBuffer out, long created) {
        this.out = out;
        this.created = created;
    }

    /**
     * @param created seconds since 1904
     * @return where the low half of the media time is at which the sound starts; 0 without sound
     */
    static int write(
            BoxBuffer out, Optional<VideoTrack> video, Optional<AudioTrack> audio, long created, String title) {
        fileType(out);
        MovieHeader header = new MovieHeader(out, created);
        header.moov(video, audio, title);
        return audio.isPresent() ? header.mediaTimeAt : 0;
    }

    /** The same for segments, whose times are the player's: without edit lists. */
    static void writeForSegments(BoxBuffer out, Optional<VideoTrack> video, Optional<AudioTrack> audio) {
        out.open("ftyp")
                .ascii("iso6")
                .u32(0)
                .ascii("iso6")
                .ascii("cmfc")
                .ascii("mp41")
                .close();
        MovieHeader header = new MovieHeader(out, 0);
        header.edits = false;
        header.moov(video, audio, "");
    }

    static void fileType(BoxBuffer out) {
        out.open("ftyp")
                .ascii("isom")
                .u32(0x200)
                .ascii("isom")
                .ascii("iso6")
                .ascii("avc1")
                .ascii("mp41")
                .close();
    }

    private void moov(Optional<VideoTrack> video, Optional<AudioTrack> audio, String title) {
        out.open("moov");
        out.openFull("mvhd", 1, 0)
                .u64(created)
                .u64(created)
                .u32(TIMESCALE)
                .u64(0)
                .u32(0x1_0000)
                .u16(0x100)
                .zeros(10);
        matrix(0, false, 0, 0);
        out.zeros(24).u32(AUDIO_ID + 1).close();
        video.ifPresent(this::video);
        audio.ifPresent(this::audio);
        out.open("mvex");
        video.ifPresent(any -> extend(VIDEO_ID));
        audio.ifPresent(any -> extend(AUDIO_ID));
        out.close();
        Title.write(out, title);
        out.close();
    }

    private void extend(int trackId) {
        out.openFull("trex", 0, 0).u32(trackId).u32(1).u32(0).u32(0).u32(0).close();
    }

    private void video(VideoTrack video) {
        H264Format format = video.format();
        AspectRatio aspect = format.pixelAspect();
        out.open("trak");
        trackHeader(
                VIDEO_ID,
                0,
                format.rotation(),
                format.mirrored(),
                (int) Math.min(MAX_SIDE, Math.round((double) format.width() * aspect.width() / aspect.height())),
                format.height());
        edit(video.mediaOffset());
        media(format, "vide", "VideoHandler");
        out.openFull("vmhd", 0, 1).zeros(8).close();
        tables(() -> SampleEntries.avc(out, format));
    }

    private void audio(AudioTrack audio) {
        out.open("trak");
        trackHeader(AUDIO_ID, 0x100, 0, false, 0, 0);
        edit(audio.priming());
        media(audio.format(), "soun", "SoundHandler");
        out.openFull("smhd", 0, 0).zeros(4).close();
        tables(() -> SampleEntries.aac(out, audio));
    }

    private void trackHeader(int id, int volume, int rotation, boolean mirrored, int width, int height) {
        out.openFull("tkhd", 1, 3)
                .u64(created)
                .u64(created)
                .u32(id)
                .u32(0)
                .u64(0)
                .zeros(8)
                .u16(0)
                .u16(0)
                .u16(volume)
                .u16(0);
        matrix(rotation, mirrored, width, height);
        out.u32(width << 16).u32(height << 16).close();
    }

    /** Mirrors the picture, turns it clockwise and moves it back to where x and y are positive (section 6.2.2). */
    private void matrix(int rotation, boolean mirrored, int width, int height) {
        int[] m = MATRICES[rotation / 90 & 3];
        int a = mirrored ? -m[0] : m[0];
        int b = mirrored ? -m[1] : m[1];
        int x = (a < 0 ? width : 0) + (m[2] < 0 ? height : 0);
        int y = (b < 0 ? width : 0) + (m[3] < 0 ? height : 0);
        out.u32(a << 16)
                .u32(b << 16)
                .u32(0)
                .u32(m[2] << 16)
                .u32(m[3] << 16)
                .u32(0)
                .u32(x << 16)
                .u32(y << 16)
                .u32(0x4000_0000);
    }

    /** From {@code mediaTime} on, to whatever end (section 8.6.6). */
    private void edit(long mediaTime) {
        if (!edits) {
            return;
        }
        out.open("edts").openFull("elst", 1, 0).u32(1).u64(0).u64(mediaTime);
        mediaTimeAt = out.length() - 4;
        out.u32(0x1_0000).close().close();
    }

    /** Leaves mdia and minf open. */
    private void media(Format format, String handler, String name) {
        out.open("mdia");
        out.openFull("mdhd", 1, 0)
                .u64(created)
                .u64(created)
                .u32(format.timescale())
                .u64(0)
                .u16(language(format.language()))
                .u16(0)
                .close();
        out.openFull("hdlr", 0, 0)
                .u32(0)
                .ascii(handler)
                .zeros(12)
                .ascii(name)
                .u8(0)
                .close();
        out.open("minf");
    }

    /** Five bits a letter (section 8.4.2). */
    private static int language(String code) {
        return code.charAt(0) - 0x60 << 10 | code.charAt(1) - 0x60 << 5 | code.charAt(2) - 0x60;
    }

    /** And ends minf, mdia and trak. */
    private void tables(Runnable sampleEntry) {
        out.open("dinf")
                .openFull("dref", 0, 0)
                .u32(1)
                .openFull("url ", 0, 1)
                .close()
                .close()
                .close();
        out.open("stbl");
        out.openFull("stsd", 0, 0).u32(1);
        sampleEntry.run();
        out.close();
        for (String table : new String[] {"stts", "stsc", "stco"}) {
            out.openFull(table, 0, 0).u32(0).close();
        }
        out.openFull("stsz", 0, 0).u32(0).u32(0).close();
        out.close().close().close().close();
    }
}
