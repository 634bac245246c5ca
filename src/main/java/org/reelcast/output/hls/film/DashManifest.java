package org.reelcast.output.hls.film;

import java.util.Locale;
import java.util.Optional;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.output.hls.http.MediaName;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.SegmentPlan;

/** A manifest of a whole film for MPEG-DASH (ISO/IEC 23009-1), each track for itself. */
record DashManifest(FilmMedia media, String videoPrefix, String audioPrefix) {

    /** @param query goes behind each address, with its question mark */
    String write(String query) {
        StringBuilder out = new StringBuilder(2_000);
        SegmentPlan plan = media.plan();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" ")
                .append("profiles=\"urn:mpeg:dash:profile:isoff-live:2011\" minBufferTime=\"PT2S\" ")
                .append("mediaPresentationDuration=\"PT").append(seconds(plan.durationUs())).append("S\">\n<Period>\n");
        // a dollar begins an identifier of a template (ISO/IEC 23009-1 section 5.3.9.4.4)
        String escaped = query.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;").replace("$", "$$");
        media.videoFormat().ifPresent(format -> set(out, "video", videoPrefix, video(format), escaped));
        media.audioFormat().ifPresent(format -> set(out, "audio", audioPrefix, audio(format), escaped));
        return out.append("</Period>\n</MPD>\n").toString();
    }

    private static String seconds(long us) {
        return String.format(Locale.ROOT, "%d.%06d", us / 1_000_000, us % 1_000_000);
    }

    private String video(H264Format format) {
        Variant alone = new Variant(0, 0, Optional.of(format), Optional.empty());
        return "id=\"video\" codecs=\"" + alone.codecs() + "\" width=\"" + format.width() + "\" height=\""
                + format.height() + "\" bandwidth=\"" + media.plan().peakBitrate() + "\"";
    }

    private String audio(AacFormat format) {
        Variant alone = new Variant(0, 0, Optional.empty(), Optional.of(format));
        return "id=\"audio\" codecs=\"" + alone.codecs() + "\" audioSamplingRate=\"" + format.sampleRate()
                + "\" bandwidth=\"" + media.plan().peakBitrate() + "\"";
    }

    private void set(StringBuilder out, String type, String prefix, String representation, String query) {
        out.append("<AdaptationSet contentType=\"").append(type).append("\" mimeType=\"").append(type)
                .append("/mp4\" segmentAlignment=\"true\" startWithSAP=\"1\">\n<SegmentTemplate timescale=\"1000000\" ")
                .append("presentationTimeOffset=\"").append(LoopedSegments.OFFSET_US)
                .append("\" startNumber=\"0\" initialization=\"").append(MediaName.map(prefix)).append(query)
                .append("\" media=\"").append(prefix).append("-$Number$.m4s").append(query)
                .append("\">\n<SegmentTimeline>\n");
        SegmentPlan plan = media.plan();
        for (int i = 0; i < plan.count(); i++) {
            int more = 0;
            while (i + 1 < plan.count() && plan.lengthUs(i + 1) == plan.lengthUs(i)) {
                i++;
                more++;
            }
            out.append("<S t=\"").append(LoopedSegments.OFFSET_US + plan.startUs(i - more)).append("\" d=\"")
                    .append(plan.lengthUs(i)).append(more > 0 ? "\" r=\"" + more : "").append("\"/>\n");
        }
        out.append("</SegmentTimeline>\n</SegmentTemplate>\n<Representation ").append(representation)
                .append("/>\n</AdaptationSet>\n");
    }
}
