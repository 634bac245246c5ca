package org.reelcast.output.hls.film;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.reelcast.media.AacFormat;
import org.reelcast.media.H264Format;
import org.reelcast.output.hls.playlist.Variant;
import org.reelcast.segment.LoopedSegments;
import org.reelcast.segment.SegmentPlan;

/** A manifest of a whole film for MPEG-DASH (ISO/IEC 23009-1), each track for itself. */
record DashManifest(FilmMedia media, FilmWriters video, FilmWriters audio) {

    /** @param query goes behind each address, with its question mark */
    String write(String query) {
        StringBuilder out = new StringBuilder(2_000);
        SegmentPlan plan = media.plan();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" ")
                .append("profiles=\"urn:mpeg:dash:profile:isoff-live:2011\" minBufferTime=\"PT2S\" ")
                .append("mediaPresentationDuration=\"PT")
                .append(seconds(plan.durationUs()))
                .append("S\">\n");
        // a dollar begins an identifier of a template (ISO/IEC 23009-1 section 5.3.9.4.4)
        String escaped = query.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("$", "$$");
        List<H264Format> pictures = media.videoFormats();
        for (int from = 0, to; from < plan.count(); from = to) {
            to = from + 1;
            while (to < plan.count() && plan.format(to) == plan.format(from)) {
                to++;
            }
            period(out, pictures, new Span(from, to), escaped);
        }
        return out.append("</MPD>\n").toString();
    }

    /** Segments from one to before another, which have the same initialization segment. */
    private record Span(int from, int to) {}

    private void period(StringBuilder out, List<H264Format> pictures, Span span, String query) {
        out.append("<Period");
        if (span.from() > 0) {
            out.append(" start=\"PT")
                    .append(seconds(media.plan().startUs(span.from())))
                    .append("S\"");
        }
        out.append(">\n");
        if (!pictures.isEmpty()) {
            H264Format format = pictures.get(media.plan().format(span.from()));
            set(out, span, new Medium("video", video, video(format)), query);
        }
        media.audioFormat().ifPresent(format -> set(out, span, new Medium("audio", audio, audio(format)), query));
        out.append("</Period>\n");
    }

    private record Medium(String type, FilmWriters writers, String representation) {}

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

    private void set(StringBuilder out, Span span, Medium medium, String query) {
        SegmentPlan plan = media.plan();
        out.append("<AdaptationSet contentType=\"")
                .append(medium.type())
                .append("\" mimeType=\"")
                .append(medium.type())
                .append("/mp4\" segmentAlignment=\"true\" startWithSAP=\"1\">\n<SegmentTemplate timescale=\"1000000\" ")
                .append("presentationTimeOffset=\"")
                .append(LoopedSegments.OFFSET_US + plan.startUs(span.from()))
                .append("\" startNumber=\"")
                .append(span.from())
                .append("\" initialization=\"")
                .append(medium.writers().mapName(span.from()))
                .append(query)
                .append("\" media=\"")
                .append(medium.writers().prefix())
                .append("-$Number$.m4s")
                .append(query)
                .append("\">\n<SegmentTimeline>\n");
        for (int i = span.from(); i < span.to(); i++) {
            int more = 0;
            while (i + 1 < span.to() && plan.lengthUs(i + 1) == plan.lengthUs(i)) {
                i++;
                more++;
            }
            out.append("<S t=\"")
                    .append(LoopedSegments.OFFSET_US + plan.startUs(i - more))
                    .append("\" d=\"")
                    .append(plan.lengthUs(i))
                    .append(more > 0 ? "\" r=\"" + more : "")
                    .append("\"/>\n");
        }
        out.append("</SegmentTimeline>\n</SegmentTemplate>\n<Representation ")
                .append(medium.representation())
                .append("/>\n</AdaptationSet>\n");
    }
}
